/** Addresses that lead nowhere the desk goes. Every one is refused by navigation, by the desk's own protocol and by opening outside. */

const wrap = (schemes: readonly string[], rests: readonly string[]): readonly string[] => schemes.flatMap((scheme) => rests.map((rest) => scheme + rest))

/** Hosts and schemes that look like ours. */
const lookAlikes: readonly string[] = [
  'app://desk.evil/', 'app://desk.evil.example/index.html', 'app://evil.desk/', 'app://evil/', 'app://desk-evil/', 'app://deskk/', 'app://des/', 'app://desk./', 'app://.desk/', 'app://desk../', 'app://desk%2e/',
  'app://desk%2eevil/', 'app://desk%00/', 'app://desk%00.evil/', 'app://desk%20/', 'app://desk%09/', 'app://%64esk/', 'app://d%65sk/', 'app://desk%2f/', 'app://desk%5c/', 'app://desk:80/', 'app://desk:443/index.html', 'app://desk:0/', 'app://desk:65535/', 'app://desk:x/',
  'app://[desk]/', 'app://127.0.0.1/', 'app://[::1]/', 'app://localhost/', 'app://renderer/', 'app://bundle/', 'app://desk,evil/', 'app://desk;evil/', 'app://desk|evil/', 'app://desk"evil/', 'app://desk<evil>/', 'app://desk^evil/', 'app://desk`evil/', 'app://desk{evil}/',
  'apps://desk/', 'app2://desk/', 'xapp://desk/', 'ap://desk/', 'appp://desk/', 'app+x://desk/', 'app.x://desk/', 'app-x://desk/', 'web+app://desk/', 'desk://app/', 'sportello://desk/', 'sportello://app/desk/', 'http://app://desk/', 'https://app.desk/', 'https://desk/', 'http://desk/', 'ws://desk/', 'wss://desk/',
]

/** `user@`, in all the places it may be put. */
const userInfo: readonly string[] = [
  'app://desk@evil/', 'app://desk:x@evil/', 'app://user@desk/', 'app://user:pass@desk/', 'app://:pass@desk/', 'app://desk%40evil/', 'app://desk@desk/', 'app://app:desk@evil/', 'app://desk/@evil:x@desk', 'app://evil@desk/index.html', 'app://desk%3Ax@desk/',
  'https://www.arera.it@evil.example/', 'https://www.arera.it:x@evil.example/', 'https://user@www.arera.it/', 'https://user:pass@www.arera.it/', 'https://www.arera.it%40evil.example/', 'https://www.arera.it%2f@evil.example/', 'https://evil.example\\@www.arera.it/', 'https://www.arera.it\\@evil.example/',
].filter((address) => !address.startsWith('app://desk/'))

/** Letters of other alphabets, other widths, and marks one does not see. */
const homographs: readonly string[] = [
  'app://dеsk/', 'app://deѕk/', 'app://desκ/', 'app://ԁesk/', 'аpp://desk/', 'арр://desk/', 'app://ⅾesk/', 'app://ｄesk/', 'app://DESＫ/', 'app://desk\u200b/', 'app://de\u00adsk/', 'app://desk\u202e/', 'app://\u2066desk/', 'app://de\u0301sk/', 'app://desk\ufeff/', 'app:∕∕desk/', 'app：//desk/', 'app://desk。evil/', 'app://desk．evil/',
  'app://xn--dsk-dma/', 'app://xn--desk-/', 'https://www.агеrа.it/', 'https://www.arerа.it/', 'https://www.ɑrera.it/', 'https://www.arera.ıt/', 'https://www.аrera.it/', 'https://xn--www-arera-x8a.it/', 'https://www。arera。it.evil.example/', 'https://www.arera.it\u200b/', 'https://www.arera.it\u202e/', 'https://www.arera.it．evil.example/',
]

/** Schemes that run, read, or start something. */
const schemes: readonly string[] = [
  ...wrap(['file:', 'FILE:', 'fIlE:', ' file:', 'file\t:'], ['///etc/passwd', '//desk/index.html', '///C:/Windows/System32/calc.exe', '//server/share/x.exe', '/etc/passwd']),
  ...wrap(['data:', 'DATA:', 'Data:'], ['text/html,<script>alert(1)</script>', 'text/html;base64,PHNjcmlwdD4=', ',x', 'image/svg+xml,<svg onload=alert(1)>']),
  ...wrap(['javascript:', 'JaVaScRiPt:', ' javascript:', 'java\tscript:', 'java\nscript:', '\u0001javascript:', 'javascript&colon;', 'javascript%3A', 'vbscript:', 'livescript:'], ['alert(1)', '//desk/%0Aalert(1)', 'void(0)']),
  'about:blank', 'about:srcdoc', 'ABOUT:BLANK', 'about:config', 'blob:app://desk/7b6c', 'blob:null/x', 'blob:https://www.arera.it/x', 'filesystem:app://desk/temporary/x', 'view-source:app://desk/', 'view-source:https://www.arera.it/', 'chrome://settings', 'chrome://gpu', 'chrome-extension://abc/x.html', 'devtools://devtools/bundled/inspector.html', 'chrome-devtools://x', 'chrome-error://chromewebdata/', 'edge://settings',
  'ms-msdt:/id PCWDiagnostic', 'ms-msdt:-id%20PCWDiagnostic', 'search-ms:query=x', 'ms-officecmd:x', 'ms-settings:privacy', 'ms-cxh-full://0', 'ms-appinstaller:?source=https://evil.example/x', 'shell:startup', 'mk:@MSITStore:x.chm::/x.htm', 'jar:file:///x.jar!/x', 'res://x.dll/x', 'hcp://x', 'its:x', 'ldap://evil.example/x', 'telnet://evil.example', 'ssh://-oProxyCommand=x', 'sftp://evil.example/', 'ftp://evil.example/x', 'gopher://evil.example/', 'smb://evil.example/share', 'nfs://evil.example/x', 'dav://evil.example/', 'dict://evil.example:1/x',
  'ws://127.0.0.1:9222/', 'http://127.0.0.1:9222/json', 'http://localhost/', 'http://[::1]/', 'http://169.254.169.254/', 'http://0/', 'http://2130706433/', 'x-apple.systempreferences:x', 'applescript://x', 'itms-services://?action=x', 'intent://x#Intent;scheme=app;end', 'steam://run/1', 'slack://x', 'zoommtg://x', 'vscode://file/etc/passwd', 'git://evil.example/x', 'magnet:?xt=x', 'cid:x', 'mid:x', 'urn:x', 'tag:x', 'sms:+390612345678', 'callto:x', 'skype:x?call', 'facetime:x',
]

/** Paths on another machine. */
const unc: readonly string[] = [
  '\\\\server\\share', '\\\\server\\share\\x.exe', '\\\\?\\C:\\x', '\\\\.\\pipe\\x', '\\\\evil.example@SSL\\x', '\\\\evil.example@80\\x', '//server/share', '//desk/index.html', '/\\desk/', '\\/desk/', '\\\\desk\\index.html', '\\\\127.0.0.1\\c$', 'C:\\Windows\\System32\\calc.exe', 'c:/windows/x.exe', 'C:x', '/etc/passwd', '~/x', '../x', './x', 'x.exe', 'index.html', '/index.html',
]

/** Empty, cut short, or holding what no address holds. */
const broken: readonly string[] = [
  '', ' ', '\t', '\n', '\0', 'app', 'app:', 'app:/', 'app://', 'app:///', 'app:///index.html', 'app:////desk/', 'app:desk', 'app:desk/', 'app:/desk/', 'app:\\\\desk\\', 'app:\\desk/', ':app://desk/', '://desk/', '//app://desk/', 'app//desk/', 'app:://desk/', 'app;//desk/', 'desk', 'desk/', 'app://desk\0.evil/', 'app://desk\0/', 'app://de\0sk/', 'a\0pp://desk/', '\0https://evil.example/', 'app://%/', 'app://%zz/',
  'https://', 'https:', 'https:///', 'https://www.arera.it\0/', 'https://www.arera.it/\0', 'https://www.arera.it/%00\r\nx', 'https://www.arera.it/ x', 'https://www.arera.it/"x', 'https://www.arera.it/\r\nHost: x', 'https://www.arera.it:8443/', 'https://www.arera.it.evil.example/', 'https://evil.example/www.arera.it', 'https://evil.example/?https://www.arera.it/', 'https://evil.example/#@www.arera.it', 'http://www.arera.it/', 'https://arera.it/', 'https://xwww.arera.it/', '\thttps://www.arera.it/', 'https://www.arera.it/\u2028x',
  'mailto:', 'mailto:a', 'mailto:a@b', 'mailto:a@b.it?bcc=c@d.it', 'mailto:a@b.it?attach=/etc/passwd', 'mailto:a@b.it,c@d.it', 'mailto:a%0ab@c.it', 'mailto:"a b"@c.it', 'mailto:a@b.it&x', 'tel:', 'tel:*#06#', 'tel:1', 'tel:+39 06 1234', 'tel:+39061234;ext=1', 'tel:+39061234,,1', 'tel:%2B39061234', 'tel://390612345678', 'tel:12345678901234567', 'TEL:*31#',
]

export const deniedAddresses: readonly string[] = [...new Set([...lookAlikes, ...userInfo, ...homographs, ...schemes, ...unc, ...broken])]

/** On the desk's own origin, and still no file of the renderer. */
export const deniedFiles: readonly string[] = [
  'app://desk/../secret.js', 'app://desk/../../etc/passwd', 'app://desk/%2e%2e/secret.js', 'app://desk/%2e%2e%2fsecret.js', 'app://desk/%2E%2E/%2E%2E/secret.js', 'app://desk/.%2e/secret.js', 'app://desk/..%2fsecret.js', 'app://desk/..%2f..%2fsecret.js', 'app://desk/..%5csecret.js', 'app://desk/..\\secret.js', 'app://desk/%252e%252e%252fsecret.js', 'app://desk/%c0%ae%c0%ae/secret.js', 'app://desk/%u002e%u002e/secret.js', 'app://desk/....//secret.js', 'app://desk/..;/secret.js', 'app://desk/assets/..%2f..%2fsecret.js',
  'app://desk/assets%2fmain.js', 'app://desk/assets\\..\\..\\secret.js', 'app://desk//index.html', 'app://desk//etc/passwd', 'app://desk/C:/x.js', 'app://desk/%43%3a/x.js', 'app://desk/\\\\server\\share\\x.js', 'app://desk/file:///etc/passwd', 'app://desk/INDEX.HTML', 'app://desk/Index.html', 'app://desk/index.html/', 'app://desk/index.html/x', 'app://desk/index.html%00', 'app://desk/index.html%00.png', 'app://desk/index.html%20', 'app://desk/index.html.', 'app://desk/index.html::$DATA', 'app://desk/index.html;x', 'app://desk/index%2ehtml', 'app://desk/%69ndex.html', 'app://desk/index.htm', 'app://desk/index', 'app://desk/index.html~',
  'app://desk/assets', 'app://desk/assets/', 'app://desk/assets/main.js.map', 'app://desk/.env', 'app://desk/.git/config', 'app://desk/package.json', 'app://desk/main.js', 'app://desk/preload.cjs', 'app://desk/../main/main.js', 'app://desk/constructor', 'app://desk/__proto__', 'app://desk/toString', 'app://desk/x.constructor', 'app://desk/x.__proto__', 'app://desk/demo.json', 'app://desk/desk.db', 'app://desk/keyslots.json', 'app://desk/device-secret.json', 'app://desk/%', 'app://desk/%zz', 'app://desk/ïndex.html', 'app://desk/index.htmⅼ', 'app://desk/*', 'app://desk/%3findex.html/../x.js',
]
