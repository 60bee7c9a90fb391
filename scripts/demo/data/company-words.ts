/** What companies call themselves, with the forms that go with it. */
export const trades: readonly string[] = [
  'Panificio', 'Autofficina', 'Impresa Edile', 'Bar', 'Trattoria', 'Ristorante', 'Pizzeria', 'Ferramenta', 'Farmacia', 'Macelleria',
  'Falegnameria', 'Officina Meccanica', 'Carrozzeria', 'Parrucchiere', 'Studio', 'Studio Tecnico', 'Studio Dentistico', 'Azienda Agricola',
  'Cantina', 'Caseificio', 'Pasticceria', 'Gelateria', 'Lavanderia', 'Tipografia', 'Vivaio', 'Autotrasporti', 'Immobiliare',
  'Termoidraulica', 'Elettroimpianti', 'Serramenti', 'Marmi', 'Arredamenti', 'Calzaturificio', 'Maglificio', 'Tessitura', 'Cartoleria',
  'Ottica', 'Oreficeria', 'Agriturismo', 'Albergo', 'Palestra', 'Autoscuola', 'Agenzia Viaggi', 'Supermercato', 'Enoteca', 'Salumificio',
]

/** Names without a family behind them: bodies and firms. */
export const bodies: readonly string[] = [
  'Condominio', 'Parrocchia', 'Associazione Culturale', 'Associazione Sportiva', 'Cooperativa Sociale', 'Circolo', 'Comitato', 'Residenza',
]
export const saints: readonly string[] = ['San Marco', 'San Giuseppe', 'Santa Maria', 'San Pietro', 'Sant\'Anna', 'San Lorenzo', 'San Giorgio', 'Santo Stefano']
export const places: readonly string[] = [
  'Adriatica', 'Alpina', 'Friulana', 'Veneta', 'Giuliana', 'Carnica', 'Euganea', 'Berica', 'Toscana', 'Padana', 'Nord Est', 'del Brenta',
  'dei Colli', 'della Laguna', 'Isontina', 'Piemontese', 'Emiliana', 'Lariana', 'del Garda', 'Maremmana',
]
export const firmWords: readonly string[] = ['Meccanica', 'Logistica', 'Plastica', 'Costruzioni', 'Servizi', 'Impianti', 'Carni', 'Ortofrutta', 'Legno', 'Acciai']
export const forms: readonly string[] = ['S.r.l.', 'S.n.c.', 'S.a.s.', 'S.r.l.', 'S.p.A.', 'S.r.l.s.', '& C. S.n.c.', 'e Figli S.n.c.', 'S.r.l. Unipersonale', 'Soc. Coop.']

/** Domains of addresses: reserved for examples, nothing ever reaches anybody. */
export const mailDomains: readonly string[] = ['posta.example', 'mail.example', 'libera.example', 'casella.example', 'veloce.example']
