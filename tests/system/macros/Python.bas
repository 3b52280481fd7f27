Attribute VB_Name = "Python"
Option Explicit

' Starts Python itself, where the workbook's own module asks the add-in of xlwings to.

Public Mode As String, Cursor As String

Public Function IsThere() As Boolean
    IsThere = (Mode <> "missing")
End Function

Public Function HowToGetIt() As String
    HowToGetIt = "how to get it"
End Function

Public Function Worked(code As String) As Boolean
    Cursor = Application.Cursor
    If Mode = "raises" Then Err.Raise 1004, , "Cannot run the macro"
    If Mode = "" Then Shell "{command} """ & code & """ {book} {record}", 0, "", True
    Worked = (Mode = "")
End Function
