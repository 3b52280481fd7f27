Attribute VB_Name = "Notice"
Option Explicit

Public Told As String

Public Sub Tell(text As String)
    Told = text
End Sub
