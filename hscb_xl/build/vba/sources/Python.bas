Attribute VB_Name = "Python"
Option Explicit

' Python through the add-in of xlwings. It is called by its name and not through a reference, which would
' hold the add-in's path on one computer.

Private Const ADD_IN As String = "xlwings.xlam"

Public Function IsThere() As Boolean
    Dim found As String
    On Error Resume Next
    found = Workbooks(ADD_IN).Name
    IsThere = (Len(found) > 0)
End Function

Public Function HowToGetIt() As String
    HowToGetIt = "The xlwings add-in is not loaded, so nothing was done: close Excel and open the workbook again. " & _
        "If you see this once more, ask your administrator to run ""hscb-xl install"" on this computer."
End Function

Public Function Worked(code As String) As Boolean
    Worked = (Application.Run(ADD_IN & "!RunPython", code) <> -1)
End Function
