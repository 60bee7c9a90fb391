/** Italian surnames, the commonest first, those of the north and of Tuscany well represented. */
export const lastNames: readonly string[] = `
Rossi Ferrari Russo Bianchi Colombo Esposito Ricci Romano Bruno Costa Fontana Conti Gallo Greco Marino Rizzo Mancini
Lombardi Moretti Barbieri Ferrara Galli Martini Leone Longo Gentile Martinelli Vitale Lombardo Serra Coppola Marchetti
Parisi Villa Conte Ferraro Ferri Fabbri Bianco Marini Grasso Valentini Messina Sala Gatti Pellegrini Palumbo Sanna Farina
Rizzi Monti Cattaneo Morelli Amato Silvestri Mazza Testa Grassi Pellegrino Carbone Giuliani Benedetti Barone Rossetti
Caputo Montanari Guerra Palmieri Bernardi Martino Fiore Ferretti Bellini Basile Riva Donati Piras Vitali Battaglia
Sartori Neri Costantini Milani Pagano Ruggiero Sorrentino Orlando Damico Negri Mantovani Bassi Fumagalli Ruggeri Zanella
Marchi Pavan Boscolo Furlan Visintin Zanetti Trevisan Favaro Zanon Vianello Busato Scarpa Ballarin Dalla Tonello Bortolotti
Berti Innocenti Bartolini Baldini Nardi Fanti Lucchesi Giannini Bertini Pieri Landi Cecchi Masi Bini Ceccarelli Becattini
Giordano Giraudo Rosso Ferrero Bosio Fassino Barbero Pautasso Bertone Vercelli Cavallo Ghibaudo Dutto Giordana Olivero
Zorzi Zuliani Zamboni Zago Zanin Zilio Zoccarato Zecchin Zuin Zorzetto Zambon Zanardo Zanatta Zaramella Zanchetta Zattarin
Cossutta Cossu Cosulich Coslovich Crevatin Cernigoi Cociancich Sossi Sancin Pertot Starc Milic Kravos Gregori Gruden Furlani
Visentin Bressan Bortolin Bertoldi Battistella Basso Beltrame Benetti Bernardini Bettin Bianchin Biasin Boaretto Boldrin
Bonaldo Bordin Borsato Bragagnolo Brugnera Brunello Bulfon Burigana Buso Cabrelle Calzavara Campagnolo Canal Candiago
Carraro Carrer Casarin Casagrande Cavallin Cecchetto Cecchin Celeghin Cescutti Chiaranda Cester Cibin Colautti Collavini
Comelli Comisso Conte Cossettini Cremonese Cusin Danieli Dariol Degano Deganutti Denti Dissegna Donadel Donadello Dorigo
Fabris Facchin Faggiani Fantin Fasolo Favero Feltrin Ferrazzo Filippi Finotto Fior Florian Foltran Forner Fornasier Frasson
Frattin Furlanetto Gaiotto Gallina Gambato Garbin Gasparini Gava Gazzola Geremia Ghedin Giacomello Giacomin Girardi Giusti
Gobbo Grando Granziera Grigoletto Grigolon Guidolin Guerrato Lazzarin Lazzari Lazzaretto Levorato Lorenzon Lorenzi Lovato
Lovisa Lucchetta Lunardi Lunardelli Maccari Maggiolo Magrini Manente Manfrin Maniero Manzato Marangon Marangoni Marcato
Marchesin Marcolin Marcon Marcuzzo Maritan Marson Martin Martignon Masiero Masin Mattiuzzi Mazzon Mazzucato Menegatti
Menegazzo Meneghello Meneghetti Meneghin Menin Michieletto Michelon Milan Minato Mion Miotto Modolo Monaco Morandin Moretto
Moro Moroso Mozzato Muner Muraro Nadalin Nardin Negro Nicoletti Novello Oliva Pagnin Pagotto Palma Paludetto Parolin
Pasqual Pasquali Pasqualin Pastorello Pavanello Peruzzo Perin Perissinotto Peron Pessotto Piccin Piccolo Pillon Pinton
Pittis Piva Polato Polo Pontarolo Poletto Pozzobon Prevedello Prosdocimo Quaglia Rampazzo Rigato Rigo Rigon Rizzato Rizzetto
Rocco Roman Romanello Rosa Rosin Rossato Rosset Rossetto Rossi Rosolen Ruffato Ruzza Ruzzene Sabbadin Saccon Salmaso Salvador
Salvalaio Salvi Sandri Santi Santin Sarto Sartor Sartoretto Savio Scaggiante Scapin Schiavon Scomparin Segato Serafin Sernagiotto
Silvestrin Simionato Simioni Soldan Soligo Spagnol Spinazze Stefani Stella Stocco Tagliapietra Tasca Tessari Tessarolo Tiozzo
Toffoli Toffolo Tomasi Tomasella Tomat Tonin Toniolo Tosatto Toso Tosetto Trentin Tronchin Turchetto Uliana Valente Valerio
Vecchiato Vendramin Venier Venturini Veronese Vettor Vezzaro Vidotto Viel Vigna Vio Viola Visentini Volpato Volpi Zaia Zara
Agosti Agostini Alberti Albertini Aldrovandi Alessi Alfieri Allegri Aloisi Altieri Ambrosini Amadori Amoroso Andreoli Andreotti
Angeli Angelini Antonelli Antonini Arcuri Ardito Arena Armani Arrigoni Artioli Astolfi Avanzi Azzolini Bacchi Baggio Baldi
Balducci Balestra Ballerini Bandini Barbato Baraldi Bardi Bargellini Baroni Bartoli Bartolucci Basili Battisti Becchi Belli
Bellucci Belotti Beltrami Benassi Benvenuti Beretta Bergamaschi Bergonzi Bernasconi Bertelli Berton Bettini Biagi Biagini Biagioni
Bianchini Bigi Biondi Boccardo Boggio Bonetti Bonfanti Boni Bonomi Borghi Borgogno Borrelli Boschi Boselli Bosi Bottazzi Bottini
Braga Brambilla Brandi Brunetti Bruni Bruschi Bucci Buratti Busi Buttini Caccia Cairo Calabrese Caldara Calvi Campana Canepa
Cantoni Capelli Cappelli Cappellini Carboni Cardinali Carli Carlini Carminati Caroli Carta Caruso Casadei Casali Casini Cassano
Castagna Castelli Castellani Catalano Cavalli Cavallini Cavicchi Ceccato Ceccherini Cellini Ceriani Cerri Cerutti Chiappini Chiesa
Ciani Cipriani Cocchi Colella Colli Colnaghi Corsi Corsini Corti Cosentino Crippa Cristofori Crivelli Croce Curti Daniele Danesi
Dini Dolci Dominici Donato Draghi Fabiani Facchini Falcone Fantini Fantoni Farinelli Fava Felici Ferrando Ferrante Ferrarini
Ferrario Festa Fiorentini Fiorini Foglia Foresti Forti Franceschini Franchi Franchini Franco Franzoni Frigerio Frigo Fusco Gabrielli
Gaggero Galbiati Galimberti Galletti Galluzzo Gamba Gambini Garavaglia Gargano Garofalo Gasperini Gemelli Gennari Ghezzi Ghirardi
Giacomini Gianni Giannetti Gilardi Giorgi Giovannini Girotti Giuffrida Gori Gozzi Gramaglia Grandi Graziani Grilli Grimaldi Grossi
Gualandi Gualtieri Guarnieri Guasco Guidi Guidetti Iacono Iannone Landini Lanza Lazzeri Lenzi Leoni Liberati Locatelli Lodi Lolli
Longhi Lorenzini Lotti Lucchini Luciani Lupi Luzzi Macchi Maffei Maggi Magnani Magni Maestri Malaguti Malatesta Malavasi Manca
Mancuso Manfredi Manfredini Mangano Mannini Manzini Manzoni Marchesi Marchese Marconi Mariani Mariotti Marra Marras Martelli
Martini Maschio Masini Massa Massari Mastroianni Mattei Matteucci Mauri Mazzanti Mazzoni Mazzola Melis Meloni Menconi Meoni
Merli Merlo Meroni Micheli Michelini Minelli Mion Molinari Molteni Monaldi Mondini Monteverdi Monticelli Morandi Morandini Morelli
Morganti Morini Moroni Mosca Motta Muller Mura Mussi Muzzi Nanni Nannini Napoli Napolitano Natali Negrini Negroni Nencini Niccolai
Nicolini Nicolosi Nobili Novelli Olivieri Orlandi Orsini Orsi Ottaviani Pace Pagani Paganelli Pagliai Palazzi Panizza Paoletti
Paoli Paolini Papini Parodi Pasini Pasquini Passoni Pastore Pavesi Pedrini Pedroni Pellizzari Penna Peretti Perini Perri Perrone
Persico Peruzzi Pesce Pezzotta Piazza Picchi Pierini Pini Pinna Piovesan Pirovano Pisani Pisano Piva Poggi Poli Polidori Ponti
Porta Porro Pozzi Prati Proietti Provera Pucci Puddu Quartieri Quaranta Radaelli Raimondi Rampini Ravasi Re Rebecchi Redaelli
Resta Ricciardi Righetti Righi Rinaldi Riccardi Rocca Rocchi Romagnoli Romani Roncoroni Ronchi Rosati Rosi Rossini Rota Rovelli
Rubini Ruffini Ruggieri Sabatini Sacchi Sacco Salvatori Salvini Samaritani Sandrini Santini Santoni Santoro Sarti Sassi Savini
Scaglione Scala Scarpellini Schiavi Scotti Sella Serafini Sestini Severi Sforza Signorini Simonetti Simoni Sirtori Soldati Solari
Soldi Spada Spadoni Spinelli Sposito Stefanini Storti Tacconi Tamburini Tani Tarantino Tedeschi Tedesco Terzi Testi Tommasi
Tondi Torre Torri Tosi Traverso Trevisani Trombetta Tucci Turati Ubaldi Ugolini Urbani Vaccari Vacca Valenti Valsecchi Vanni
Vannini Vannucci Varani Ventura Venturi Vercesi Verdi Vergani Verri Vianelli Vigano Vigna Villani Vinci Visconti Vismara Viti
Vivaldi Volpe Zaccaria Zani Zanini Zanoni Zappa Zini Zocchi Zoli Zucca Zucchi Zucchini
`.trim().split(/\s+/).filter((name, i, all) => all.indexOf(name) === i)

/** Compound surnames, written as people write them: with a space, with an apostrophe. */
export const compoundLastNames: readonly string[] = [
  'De Luca', 'De Rossi', 'De Angelis', 'De Santis', 'De Marco', 'De Simone', 'De Bortoli', 'De Marchi', 'De Stefani', 'De Biasi',
  'De Nardi', 'De Zan', 'De Paoli', 'De Faveri', 'De Pieri', 'Di Stefano', 'Di Lorenzo', 'Di Marco', 'Di Giorgio', 'Di Benedetto',
  'Di Bernardo', 'Di Lenardo', 'Di Pietro', 'Di Martino', 'Del Bianco', 'Del Fabbro', 'Del Piero', 'Del Negro', 'Del Vecchio',
  'Della Rosa', 'Della Pietra', 'Della Valle', 'Della Mea', 'Dal Bo', 'Dal Pozzo', 'Dal Molin', 'Dal Ben', 'Dal Mas', 'Dal Santo',
  'Dal Zotto', 'Dalla Costa', 'Dalla Libera', 'Dalla Torre', 'Dalla Vecchia', 'Dalle Carbonare', 'Dall’Acqua', 'Dall’Agnese',
  'D’Angelo', 'D’Amico', 'D’Agostino', 'D’Andrea', 'D’Ambrosio', 'D’Agostini', 'D’Este', 'D’Odorico', 'D’Incà', 'Dell’Antonia',
  'La Rosa', 'La Torre', 'Lo Presti', 'Lo Russo', 'Li Calzi', 'Da Ros', 'Da Re', 'Da Rold', 'Da Dalt', 'Degli Innocenti',
  'Viganò', 'Nicolò', 'Carrà', 'Macrì', 'Patanè', 'Calì', 'Condò', 'Foà', 'Laganà',
].map(name => name.replaceAll('’', '\''))
