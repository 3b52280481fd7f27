Attribute VB_Name = "Driver"
Option Explicit

Public Function Become(mode As String) As String
    Python.Mode = mode
    Become = mode
End Function

' What an error is called that was not caught; else the cursor during the work, after it, and what was told.
Public Function Fire(name As String) As String
    Dim control As Pressed
    On Error GoTo Failed
    Set control = New Pressed
    control.ID = name
    Python.Cursor = ""
    Notice.Told = ""
    Select Case name
{cases}
        Case Else: Err.Raise 1000, , "no such callback"
    End Select
    Fire = "fired, " & Python.Cursor & ", " & Application.Cursor & ", " & Notice.Told
    Exit Function
Failed:
    Fire = "error: " & Err.Description
End Function
