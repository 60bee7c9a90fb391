import type { Language } from '../../../shared/locales/index.ts'

const LOCALE = { it: 'it-IT', en: 'en-GB' } as const
/** Every desk of the utility works in Italian time, whatever the clock of the machine says. */
const ZONE = 'Europe/Rome'
const MINUS = '−'
const HARD_SPACE = '\u00a0'

/** Figures and dates as the desk writes them. Civil days are `YYYY-MM-DD`, instants ISO 8601 with zone. */
export type Format = {
  /** `45.193`, with at most `decimals` decimals (0 unless told); true minus sign. */
  readonly number: (value: number, decimals?: number) => string
  /** Euro cents as `486,20 €` or `€486.20`. */
  readonly cents: (cents: number) => string
  /** `84 %` or `84%` of a share from 0 to 1. */
  readonly percent: (share: number) => string
  /** Civil day or instant as `20/11/2026`, for tables. */
  readonly date: (iso: string) => string
  /** `mer 25/11`, for prose; the year is added when it is not that of `today`. */
  readonly dayShort: (iso: string, today?: string) => string
  /** `venerdì 20 novembre 2026`. */
  readonly dayLong: (iso: string) => string
  /** Instant as `9:08`. */
  readonly time: (iso: string) => string
  /** Instant as `10:42:07`. */
  readonly timeExact: (iso: string) => string
  /** Instant as `20/11/2026 10:42`. */
  readonly dateTime: (iso: string) => string
  /** `a, b e c`. */
  readonly list: (items: readonly string[]) => string
  /** Seconds as `04:12` or `1:04:12`. */
  readonly duration: (seconds: number) => string
}

const trueMinus = (text: string): string => text.replaceAll('-', MINUS)

/** A civil day has no zone: it is read and shown in UTC, so that it can never slip. */
function moment(iso: string): { readonly at: Date; readonly timeZone: string } {
  const civil = /^\d{4}-\d{2}-\d{2}$/.test(iso)
  return { at: new Date(civil ? `${iso}T00:00:00Z` : iso), timeZone: civil ? 'UTC' : ZONE }
}

/** Makes the formats of one language; cheap to call, formatters are made once and kept. */
export function createFormat(language: Language): Format {
  const locale = LOCALE[language]
  const numbers = new Map<number, Intl.NumberFormat>()
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR', useGrouping: 'always' })
  const shares = new Intl.NumberFormat(locale, { style: 'percent' })
  const lists = new Intl.ListFormat(locale)
  const dates = new Map<string, Intl.DateTimeFormat>()

  function number(value: number, decimals = 0): string {
    let format = numbers.get(decimals)
    if (format === undefined) {
      format = new Intl.NumberFormat(locale, { maximumFractionDigits: decimals, minimumFractionDigits: 0, useGrouping: 'always' })
      numbers.set(decimals, format)
    }
    return trueMinus(format.format(value))
  }

  function dated(iso: string, name: string, options: Intl.DateTimeFormatOptions): string {
    const { at, timeZone } = moment(iso)
    if (Number.isNaN(at.getTime())) return ''
    const key = `${name} ${timeZone}`
    let format = dates.get(key)
    if (format === undefined) {
      format = new Intl.DateTimeFormat(locale, { ...options, timeZone })
      dates.set(key, format)
    }
    return format.format(at)
  }

  const date = (iso: string): string => dated(iso, 'date', { day: '2-digit', month: '2-digit', year: 'numeric' })
  const time = (iso: string): string => dated(iso, 'time', { hour: 'numeric', minute: '2-digit', hour12: false }).replace(/^0(?=\d:)/, '')

  return {
    number,
    date,
    time,
    cents: (cents) => trueMinus(money.format(cents / 100)),
    percent: (share) => (language === 'it' ? shares.format(share).replace(/\s?%/, `${HARD_SPACE}%`) : shares.format(share)),
    dayShort(iso, today) {
      const weekday = dated(iso, 'weekday', { weekday: 'short' })
      const day = date(iso)
      return `${weekday} ${today === undefined || day.slice(6) === date(today).slice(6) ? day.slice(0, 5) : day}`
    },
    dayLong: (iso) => dated(iso, 'long', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    timeExact: (iso) => dated(iso, 'exact', { hour: 'numeric', minute: '2-digit', second: '2-digit', hour12: false }).replace(/^0(?=\d:)/, ''),
    dateTime: (iso) => `${date(iso)} ${time(iso)}`,
    list: (items) => lists.format(items),
    duration(seconds) {
      const whole = Math.max(0, Math.floor(seconds))
      const two = (value: number): string => String(value).padStart(2, '0')
      const hours = Math.floor(whole / 3600)
      const minutes = Math.floor((whole % 3600) / 60)
      return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${two(minutes)}:${two(whole % 60)}`
    },
  }
}
