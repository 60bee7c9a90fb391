import { mailDomains } from './data/company-words.ts'
import type { CompanyIdentity } from './company.ts'
import type { PersonIdentity } from './identity.ts'
import type { Dice } from './random.ts'

export type Contacts = { phone: string; mobile: string; email: string; emailState: 'ok' | 'unreachable' | '' }

/** Area codes of the provinces where the demo utilities work. */
const areaCodes: Readonly<Record<string, string>> = {
  TS: '040', UD: '0432', GO: '0481', PN: '0434', PD: '049', VE: '041', VI: '0444', VR: '045', TV: '0422', BL: '0437', RO: '0425',
  TO: '011', AL: '0131', AT: '0141', BI: '015', CN: '0171', NO: '0321', VB: '0323', VC: '0161', MI: '02', MB: '039', BG: '035', BS: '030',
  CO: '031', CR: '0372', LC: '0341', LO: '0371', MN: '0376', PV: '0382', VA: '0332', BO: '051', FE: '0532', FC: '0543', MO: '059',
  PR: '0521', PC: '0523', RA: '0544', RE: '0522', RN: '0541', FI: '055', AR: '0575', GR: '0564', LI: '0586', LU: '0583', MS: '0585',
  PI: '050', PT: '0573', PO: '0574', SI: '0577', RM: '06', NA: '081', GE: '010', PA: '091', BA: '080', CT: '095',
}
const mobilePrefixes = ['320', '328', '329', '331', '333', '335', '338', '339', '340', '342', '345', '346', '347', '348', '349', '351', '366', '380', '389', '392', '393'] as const
const landlineDigits = 9

function landline(dice: Dice, province: string): string {
  const area = areaCodes[province] ?? '0965'
  const own = landlineDigits - area.length
  return `${area} ${String(dice.between(2 * 10 ** (own - 1), 10 ** own - 1))}`
}

function mobile(dice: Dice): string {
  const number = String(dice.below(10_000_000)).padStart(7, '0')
  return `${dice.pick(mobilePrefixes)} ${number.slice(0, 3)} ${number.slice(3)}`
}

function mailName(text: string): string {
  return text.normalize('NFD').toLowerCase().replace(/[^a-z0-9]+/g, '')
}

function personMail(dice: Dice, person: PersonIdentity): string {
  const first = mailName(person.firstName.split(' ')[0] ?? '')
  const last = mailName(person.lastName)
  const year = person.birthDay.slice(2, 4)
  const style = dice.below(5)
  const name = style === 0 ? `${first}.${last}` : style === 1 ? `${first}.${last}${year}` : style === 2 ? `${first.charAt(0)}.${last}${dice.between(1, 999)}`
    : style === 3 ? `${last}.${first}${dice.between(1, 99)}` : `${last}${first}${year}`
  return `${name}@${dice.pick(mailDomains)}`
}

/** Younger people have mobiles and e-mail, older ones a landline. */
export function pickContacts(dice: Dice, who: PersonIdentity | CompanyIdentity, province: string): Contacts {
  const year = who.kind === 'person' ? Number(who.birthDay.slice(0, 4)) : 1970
  const mobileShare = who.kind === 'company' ? 0.45 : year < 1950 ? 0.55 : 0.92
  const mailShare = who.kind === 'company' ? 0.85 : year < 1945 ? 0.2 : year < 1962 ? 0.55 : 0.82
  const landlineShare = who.kind === 'company' ? 0.9 : year < 1960 ? 0.75 : year < 1980 ? 0.4 : 0.15
  const hasMobile = dice.chance(mobileShare)
  const hasMail = dice.chance(mailShare)
  const email = !hasMail ? '' : who.kind === 'person' ? personMail(dice, who) : `info@${mailName(who.companyName).slice(0, 40)}.example`
  return {
    mobile: hasMobile ? mobile(dice) : '',
    phone: !hasMobile || dice.chance(landlineShare) ? landline(dice, province) : '',
    email,
    emailState: email === '' ? '' : dice.chance(0.03) ? 'unreachable' : 'ok',
  }
}
