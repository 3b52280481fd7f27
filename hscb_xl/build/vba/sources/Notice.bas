Attribute VB_Name = "Notice"
Option Explicit

Public Sub Tell(text As String)
    MsgBox text, vbExclamation, "Improvement plan"
End Sub
