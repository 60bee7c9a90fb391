import type { Town } from '../places.ts'

/**
 * Comuni by number of inhabitants: name | province | CAP, first and last two digits of the last | Belfiore code | region of the demo
 * utilities (Veneto, Friuli-Venezia Giulia, Piemonte, Toscana, Lombardia, Emilia-Romagna, - elsewhere) | thousands of inhabitants.
 */
const rows = `
Roma|RM|00121-99|H501|-|2617
Milano|MI|20121-62|F205|L|1242
Napoli|NA|80121-47|F839|-|962
Torino|TO|10121-56|L219|P|872
Palermo|PA|90121-51|G273|-|658
Genova|GE|16121-67|D969|-|586
Bologna|BO|40121-41|A944|E|371
Firenze|FI|50121-45|D612|T|358
Bari|BA|70121-32|A662|-|316
Catania|CT|95121-31|C351|-|294
Venezia|VE|30121-76|L736|V|261
Verona|VR|37121-42|L781|V|253
Messina|ME|98121-68|F158|-|243
Padova|PD|35121-43|G224|V|206
Trieste|TS|34121-51|L424|F|202
Taranto|TA|74121-23|L049|-|200
Brescia|BS|25121-36|B157|L|190
Prato|PO|59100|G999|T|185
Reggio di Calabria|RC|89121-35|H224|-|181
Modena|MO|41121-26|F257|E|179
Parma|PR|43121-26|G337|E|176
Perugia|PG|06121-35|G478|-|162
Reggio nell'Emilia|RE|42121-24|H223|E|162
Livorno|LI|57121-28|E625|T|157
Ravenna|RA|48121-25|H199|E|154
Cagliari|CA|09121-34|B354|-|150
Foggia|FG|71121-22|D643|-|147
Rimini|RN|47921-24|H294|E|140
Salerno|SA|84121-35|H703|-|133
Ferrara|FE|44121-24|D548|E|133
Sassari|SS|07100|I452|-|124
Monza|MB|20900|F704|L|120
Siracusa|SR|96100|I754|-|118
Latina|LT|04100|E472|-|118
Pescara|PE|65121-29|G482|-|117
Forlì|FC|47121-22|D704|E|116
Bergamo|BG|24121-29|A794|L|115
Trento|TN|38121-23|L378|-|114
Vicenza|VI|36100|L840|V|112
Terni|TR|05100|L117|-|109
Giugliano in Campania|NA|80014|E054|-|109
Bolzano|BZ|39100|A952|-|103
Novara|NO|28100|F952|P|102
Ancona|AN|60121-31|A271|-|100
Piacenza|PC|29121-22|G535|E|100
Udine|UD|33100|L483|F|98
Arezzo|AR|52100|A390|T|98
Cesena|FC|47521-22|C573|E|96
Alessandria|AL|15121-22|A182|P|89
Pistoia|PT|51100|G713|T|89
Lucca|LU|55100|E715|T|87
Pisa|PI|56121-28|G702|T|86
Como|CO|22100|C933|L|82
Treviso|TV|31100|L407|V|81
Varese|VA|21100|L682|L|80
Busto Arsizio|VA|21052|B300|L|80
Grosseto|GR|58100|E202|T|79
Sesto San Giovanni|MI|20099|I690|L|77
Asti|AT|14100|A479|P|74
Cinisello Balsamo|MI|20092|C707|L|71
Cremona|CR|26100|D150|L|70
Massa|MS|54100|F023|T|69
Pavia|PV|27100|G388|L|68
Imola|BO|40026|E289|E|68
Carpi|MO|41012|B819|E|67
Carrara|MS|54033|B832|T|65
Viareggio|LU|55049|L833|T|62
Vigevano|PV|27029|L872|L|60
Faenza|RA|48018|D458|E|58
Legnano|MI|20025|E514|L|58
Moncalieri|TO|10024|F335|P|56
Cuneo|CN|12100|D205|P|55
Siena|SI|53100|I726|T|53
Pordenone|PN|33170|G888|F|51
Gallarate|VA|21013|D869|L|50
Rovigo|RO|45100|H620|V|50
Rho|MI|20017|H264|L|50
Scandicci|FI|50018|B962|T|50
Chioggia|VE|30015|C638|V|50
Collegno|TO|10093|C860|P|49
Rivoli|TO|10098|H355|P|49
Nichelino|TO|10042|F889|P|48
Sesto Fiorentino|FI|50019|I684|T|48
Settimo Torinese|TO|10036|I703|P|47
Lecco|LC|23900|E507|L|47
Mantova|MN|46100|E897|L|47
Paderno Dugnano|MI|20037|G220|L|47
Empoli|FI|50053|D403|T|47
Vercelli|VC|13100|L750|P|46
Cologno Monzese|MI|20093|C895|L|46
Capannori|LU|55012|B648|T|45
Cascina|PI|56021|B950|T|44
Biella|BI|13900|A859|P|44
Lodi|LO|26900|E648|L|43
Seregno|MB|20831|I625|L|43
Bassano del Grappa|VI|36061|A703|V|43
Campi Bisenzio|FI|50013|B507|T|43
Lissone|MB|20851|E617|L|42
San Donà di Piave|VE|30027|H823|V|41
Desio|MB|20832|D286|L|40
Rozzano|MI|20089|H623|L|40
Sassuolo|MO|41049|I462|E|40
Schio|VI|36015|I531|V|39
Cantù|CO|22063|B639|L|39
Saronno|VA|21047|I441|L|39
Mira|VE|30034|F229|V|39
Grugliasco|TO|10095|E216|P|37
Chieri|TO|10023|C627|P|36
Belluno|BL|32100|A757|V|36
Gorizia|GO|34170|E098|F|35
Casalecchio di Reno|BO|40033|B880|E|35
Pinerolo|TO|10064|G674|P|35
Casale Monferrato|AL|15033|B885|P|35
Cento|FE|44042|C469|E|35
Riccione|RN|47838|H274|E|35
Conegliano|TV|31015|C957|V|34
Piombino|LI|57025|G687|T|34
Venaria Reale|TO|10078|L727|P|34
Formigine|MO|41043|D711|E|34
Castelfranco Veneto|TV|31033|C111|V|33
Villafranca di Verona|VR|37069|L949|V|33
Camaiore|LU|55041|B455|T|32
Lugo|RA|48022|E730|E|32
Rosignano Marittimo|LI|57016|H570|T|32
Castelfranco Emilia|MO|41013|C107|E|32
San Giuliano Terme|PI|56017|A562|T|31
San Lazzaro di Savena|BO|40068|H945|E|31
Alba|CN|12051|A124|P|31
Montebelluna|TV|31044|F443|V|31
Verbania|VB|28921-25|L746|P|30
Valsamoggia|BO|40053|M320|E|29
Poggibonsi|SI|53036|G752|T|29
Bra|CN|12042|B111|P|29
Vittorio Veneto|TV|31029|M089|V|29
Carmagnola|TO|10022|B791|P|29
Pontedera|PI|56025|G843|T|28
Cecina|LI|57023|C415|T|28
Novi Ligure|AL|15067|F965|P|28
Mogliano Veneto|TV|31021|F269|V|28
San Miniato|PI|56028|I046|T|28
Monfalcone|GO|34074|F356|F|27
Spinea|VE|30038|I908|V|27
Valdagno|VI|36078|L551|V|27
Mirano|VE|30035|F241|V|26
Tortona|AL|15057|L304|P|26
Chivasso|TO|10034|C665|P|26
Arzignano|VI|36071|A459|V|26
Portogruaro|VE|30026|G914|V|25
Legnago|VR|37045|E512|V|25
Fossano|CN|12045|D742|P|25
Jesolo|VE|30016|C388|V|24
San Giovanni Lupatoto|VR|37057|H924|V|24
Ivrea|TO|10015|E379|P|24
Albignasego|PD|35020|A161|V|23
Montecchio Maggiore|VI|36075|F464|V|23
Thiene|VI|36016|L157|V|23
Selvazzano Dentro|PD|35030|I595|V|22
Vigonza|PD|35010|L900|V|22
Paese|TV|31038|G229|V|21
Martellago|VE|30030|E980|V|21
Feltre|BL|32032|D530|V|21
San Bonifacio|VR|37047|H783|V|20
Adria|RO|45011|A059|V|20
Oderzo|TV|31046|F999|V|20
Cittadella|PD|35013|C743|V|20
Sacile|PN|33077|H657|F|20
Bussolengo|VR|37012|B296|V|19
Abano Terme|PD|35031|A001|V|19
Piove di Sacco|PD|35028|G693|V|19
Scorzè|VE|30037|I551|V|19
Cordenons|PN|33084|C991|F|18
Villorba|TV|31020|M048|V|18
Monselice|PD|35043|F382|V|17
Santa Maria di Sala|VE|30036|I242|V|17
Sona|VR|37060|I826|V|17
Negrar di Valpolicella|VR|37024|F861|V|17
Preganziol|TV|31022|H022|V|17
Collesalvetti|LI|57014|C869|T|17
Este|PD|35042|D442|V|17
Codroipo|UD|33033|C817|F|16
Azzano Decimo|PN|33082|A530|F|16
Porcia|PN|33080|G886|F|15
San Vito al Tagliamento|PN|33078|I403|F|15
Tavagnacco|UD|33010|L065|F|14
Latisana|UD|33053|E473|F|14
Cervignano del Friuli|UD|33052|C556|F|13
Muggia|TS|34015|F795|F|13
Camposampiero|PD|35012|B563|V|12
Ronchi dei Legionari|GO|34077|H531|F|12
Spilimbergo|PN|33097|I904|F|12
Maniago|PN|33085|E889|F|12
Fontanafredda|PN|33074|D670|F|12
Fiume Veneto|PN|33080|D621|F|11
Cividale del Friuli|UD|33043|C758|F|11
Gemona del Friuli|UD|33013|D962|F|11
Tolmezzo|UD|33028|L195|F|11
Nizza Monferrato|AT|14049|F902|P|10
Pasian di Prato|UD|33037|G352|F|9
Brugnera|PN|33070|B215|F|9
Tarcento|UD|33017|L050|F|9
Grado|GO|34073|E125|F|8
Staranzano|GO|34079|I939|F|7
Gradisca d'Isonzo|GO|34072|E124|F|7
Asiago|VI|36012|A465|V|6
`

export const towns: readonly Town[] = rows.trim().split('\n').map(row => {
  const [name = '', province = '', cap = '', code = '', region = '', weight = ''] = row.split('|')
  const [first = '', lastTwo] = cap.split('-')
  const last = lastTwo === undefined ? first : first.slice(0, 3) + lastTwo
  return { name, province, firstCap: Number(first), lastCap: Number(last), code, region, weight: Number(weight) }
})
