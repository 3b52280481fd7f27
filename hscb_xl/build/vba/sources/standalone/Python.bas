Attribute VB_Name = "Python"
Option Explicit

' Python through the module of xlwings that is in this workbook.

Public Function IsThere() As Boolean
    IsThere = True
End Function

Public Function HowToGetIt() As String
    HowToGetIt = ""
End Function

Public Function Worked(code As String) As Boolean
    Worked = (xlwings.RunPython(code) <> -1)
End Function
