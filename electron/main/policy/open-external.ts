/** Sites an agent is sent to: the authority, its consumer desk, the arbitration service. */
const hosts: ReadonlySet<string> = new Set(['www.arera.it', 'www.sportelloperilconsumatore.it', 'conciliazione.arera.it'])

/** Printable ASCII without what RFC 3986 leaves out: the parser would mend a backslash instead of refusing it. */
const plain = /^[!#$%&'()*+,\-./0-9:;=?@A-Z[\]_a-z~]+$/

/**
 * The address to hand to the system's own programs, written afresh from its checked parts, or `null`. Telephone and
 * mail addresses carry one number or one mailbox and no parameters, so nothing can be put into a message unseen.
 */
export function decideOpen(address: string): string | null {
  const url = plain.test(address) ? URL.parse(address) : null
  switch (url?.protocol) {
    case 'https:':
      return hosts.has(url.host) && url.username === '' && url.password === '' ? url.href : null
    case 'tel:':
      return whole(/^\+?\d{3,15}$/, url.href.slice(4), 'tel:')
    case 'mailto:':
      return whole(/^[\w.+-]{1,64}@(?:[a-z\d-]{1,63}\.)+[a-z]{2,24}$/i, url.href.slice(7), 'mailto:')
    default:
      return null
  }
}

function whole(grammar: RegExp, text: string, scheme: string): string | null {
  return grammar.test(text) ? scheme + text : null
}
