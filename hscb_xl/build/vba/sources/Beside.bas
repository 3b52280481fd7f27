Attribute VB_Name = "Beside"
Option Explicit

' What lies in the folder of the workbook was put there by anybody who may write to it. A file of xlwings'
' settings there would name the program that a click starts, and a program there would be found before the
' system's own where the folder is the one that Excel works in.

Private Const SETTINGS As String = "xlwings.conf"
Private Const ADD_IN As String = "xlwings.xlam"

Private before As String

Public Function Refusal() As String
    Dim found As String
    found = SettingsAt(ThisWorkbook.Path)
    If Len(found) = 0 Then found = SettingsAt(ActivePath())
    If Len(found) = 0 Then Exit Function
    Refusal = "Beside the workbook lies a file of settings, " & found & ", which could start another program, " & _
        "so nothing was done: ask your administrator, who takes it away."
End Function

Public Sub LeaveFolder()
    On Error Resume Next
    before = CurDir
    ChDrive Application.Path
    ChDir Application.Path
End Sub

Public Sub ComeBack()
    On Error Resume Next
    If Len(before) = 0 Then Exit Sub
    ChDrive before
    ChDir before
End Sub

Private Function ActivePath() As String
    On Error Resume Next
    ActivePath = ActiveWorkbook.Path
End Function

Private Function SettingsAt(folder As String) As String
    Dim place As String
    If Len(folder) = 0 Then Exit Function
    If InStr(folder, "://") > 0 Then
        place = SynchronisedPlace()
    Else
        place = folder & Application.PathSeparator & SETTINGS
    End If
    If IsFile(place) Then SettingsAt = place
End Function

' Where the add-in looks for a workbook that Excel names by a web address.
Private Function SynchronisedPlace() As String
    On Error Resume Next
    If Len(Workbooks(ADD_IN).Name) > 0 Then SynchronisedPlace = Application.Run(ADD_IN & "!GetDirectoryConfigFilePath")
End Function

Private Function IsFile(place As String) As Boolean
    Dim attributes As Long
    If Len(place) = 0 Then Exit Function
    On Error Resume Next
    attributes = GetAttr(place)
    If Err.Number = 0 Then IsFile = ((attributes And vbDirectory) = 0)
End Function
