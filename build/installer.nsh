; Links of the form sportello:// open the desk of the person who installed it. The two dashes end the switches: what a link
; carries can never become one.
!macro customInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\sportello"
  WriteRegStr SHELL_CONTEXT "Software\Classes\sportello" "" "URL:Sportello"
  WriteRegStr SHELL_CONTEXT "Software\Classes\sportello" "URL Protocol" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\sportello\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\sportello\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'
  ; electron-builder has just written the key of link files, without the dashes.
  WriteRegStr SHELL_CONTEXT "Software\Classes\Sportello.Link\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'
!macroend

!macro customUnInstall
  ; An update also runs the old uninstaller; the new installer writes the key again.
  DeleteRegKey SHELL_CONTEXT "Software\Classes\sportello"
!macroend
