"""Run by a Python that has LibreOffice's ``uno``: calls functions of a workbook's macros.

It prints what they return as a list in JSON.

Arguments: the workbook, the folder of a LibreOffice profile, then each call as MODULE.FUNCTION=ARGUMENT,
or as MODULE.FUNCTION alone.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

_ALWAYS_EXECUTE_NO_WARN = 4
_PATIENCE = 90  # seconds for LibreOffice to come up with a new profile


def main(book: Path, profile: Path, calls: list[str]) -> None:
    pipe = f"hscb{profile.name}{time.time_ns()}"
    accept = f"--accept=pipe,name={pipe};urp;"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", accept]
    office = subprocess.Popen(command, start_new_session=True)
    try:
        desktop = connected(pipe)
        document = desktop.loadComponentFromURL(book.as_uri(), "_blank", 0, (said("Hidden", True), mode()))
        print(json.dumps([called(document, call) for call in calls]))
        document.close(True)
        desktop.terminate()
    finally:
        try:
            office.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(office.pid, signal.SIGKILL)  # the command itself is only a starter


def connected(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def said(name, value):
    return PropertyValue(name, 0, value, 0)


def mode():
    return said("MacroExecutionMode", _ALWAYS_EXECUTE_NO_WARN)


def called(document, call):
    """The value a function returns; LibreOffice returns nothing where its module does not compile."""
    function, given, argument = call.partition("=")
    place = f"vnd.sun.star.script:VBAProject.{function}?language=Basic&location=document"
    script = document.getScriptProvider().getScript(place)
    return script.invoke((argument,) if given else (), (), ())[0]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
