Attribute VB_Name = "Ribbon"
Option Explicit

' The buttons of the tab "Improvement plan". Each calls the function of its name in the Python module
' hscb_xl.ribbon, which does the work and says what it did.

Private Const BUSY As String = "Improvement plan: working..."

Public Sub CheckPlan(control As IRibbonControl)
    RunTask "check_plan"
End Sub

Public Sub NextFinding(control As IRibbonControl)
    RunTask "next_finding"
End Sub

Public Sub RefreshRag(control As IRibbonControl)
    RunTask "refresh_rag"
End Sub

Public Sub AcceptRating(control As IRibbonControl)
    RunTask "accept_rating"
End Sub

Public Sub ApplyFormatting(control As IRibbonControl)
    RunTask "apply_formatting"
End Sub

Public Sub ExportByGroup(control As IRibbonControl)
    RunTask "export_by_group"
End Sub

Public Sub ExportByLead(control As IRibbonControl)
    RunTask "export_by_lead"
End Sub

Public Sub ExportExceptions(control As IRibbonControl)
    RunTask "export_exceptions"
End Sub

Public Sub OpenExportFolder(control As IRibbonControl)
    RunTask "open_export_folder"
End Sub

Public Sub UpdateSummary(control As IRibbonControl)
    RunTask "update_summary"
End Sub

Public Sub UndoLastRun(control As IRibbonControl)
    RunTask "undo_last_run"
End Sub

Public Sub About(control As IRibbonControl)
    RunTask "about"
End Sub

Public Sub Doctor(control As IRibbonControl)
    RunTask "doctor"
End Sub

Public Sub OpenLog(control As IRibbonControl)
    RunTask "open_log"
End Sub

Private Sub RunTask(task As String)
    Dim worked As Boolean, reason As String
    If Not Python.IsThere() Then
        Notice.Tell Python.HowToGetIt()
        Exit Sub
    End If
    reason = Beside.Refusal()
    If Len(reason) > 0 Then
        Notice.Tell reason
        Exit Sub
    End If
    On Error GoTo Failed
    ShowBusy
    Beside.LeaveFolder
    worked = Python.Worked(Code(task))
    Beside.ComeBack
    ShowReady
    If Not worked Then
        Notice.Tell "Python did not start, or stopped before it was done: look whether the plan is as you expect it, " & _
            "then ask your administrator to run ""hscb-xl doctor"" on this computer."
    End If
    Exit Sub
Failed:
    reason = Err.Description
    Beside.ComeBack
    ShowReady
    Notice.Tell "The button could not do its work (" & reason & "): " & _
        "ask your administrator to run ""hscb-xl doctor"" on this computer."
End Sub

' xlwings puts the workbook's folder in front of Python's own, and an empty name for a setting without a value;
' Python's own begin behind the last empty name, that of the folder it was started in. What stands before them
' is not looked into for this click; other people's functions find it again.
Private Function Code(task As String) As String
    Code = "import sys; kept = sys.path[:]; " & _
        "del sys.path[:len(kept) - kept[::-1].index('') if '' in kept else 0]; " & _
        "import hscb_xl.ribbon; hscb_xl.ribbon." & task & "(); sys.path[:] = kept"
End Function

Private Sub ShowBusy()
    Application.Cursor = xlWait
    Application.StatusBar = BUSY
End Sub

Private Sub ShowReady()
    Application.Cursor = xlDefault
    ' Any other text there is what Python says: that it was done, or on a Mac that it is still at work.
    If CStr(Application.StatusBar) = BUSY Then Application.StatusBar = False
End Sub
