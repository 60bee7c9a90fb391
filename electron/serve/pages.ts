/** Plain pages of the host itself, in both languages because nobody has signed in yet. No style: the policy lets none in. */

export const strangerPage = page(
  'Per entrare usi l’indirizzo completo stampato nel terminale da cui Sportello è stato avviato.',
  'To enter, use the full address printed in the terminal from which Sportello was started.',
)

/**
 * Goes on to the desk from a page of our own. After a link on another site a redirect would not do: the browser
 * would hold back the strict cookie along the whole chain.
 */
export const enterPage = page('Apertura di Sportello…', 'Opening Sportello…', '<meta http-equiv="refresh" content="0; url=/">')

function page(italian: string, english: string, head = ''): string {
  return `<!doctype html><html lang="it"><head><meta charset="utf-8">${head}<title>Sportello</title></head><body><h1>Sportello</h1><p>${italian}</p><p lang="en">${english}</p></body></html>\n`
}
