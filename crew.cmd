@rem The front door on Windows: the same commands as crew, by the sh that comes with Git for Windows.
@echo off
where sh >nul 2>nul
if errorlevel 1 (
  echo crew: no sh found. Install Git for Windows and put its bin folder on the PATH, or run the commands of CONTRIBUTING.md with Maven. 1>&2
  exit /b 1
)
sh "%~dp0crew" %*
