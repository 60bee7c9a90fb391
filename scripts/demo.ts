import { parseArgs } from 'node:util'
import { isCivilDay, romeDay } from '../shared/domain/civil-day.ts'
import { generateDemo } from './demo/generate.ts'

const usage = `Writes the extracts of a made-up utility, the same for the same seed and day.

  npm run demo -- --customers N --out DIR [--seed S] [--today YYYY-MM-DD] [--light]

  --customers  how many (5000)
  --out        directory for the nine CSV files
  --seed       whole number (1)
  --today      the day up to which bills, readings and tickets run (the current day)
  --light      two bills a supply instead of years of them
`

function fail(message: string): never {
  process.stderr.write(`${message}\n\n${usage}`)
  process.exit(2)
}

function whole(text: string, name: string): number {
  const value = Number(text)
  return Number.isSafeInteger(value) && value >= 0 ? value : fail(`--${name} must be a whole number`)
}

function options(): { out: string; customers: number; seed: number; today: ReturnType<typeof romeDay>; light: boolean } {
  const { values } = parseArgs({
    options: {
      customers: { type: 'string', default: '5000' },
      out: { type: 'string' },
      seed: { type: 'string', default: '1' },
      today: { type: 'string' },
      light: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(usage)
    process.exit(0)
  }
  const today = values.today ?? romeDay(Date.now())
  if (!isCivilDay(today)) fail('--today must be a day, YYYY-MM-DD')
  return {
    out: values.out ?? fail('--out is missing'),
    customers: whole(values.customers, 'customers'),
    seed: whole(values.seed, 'seed'),
    today,
    light: values.light,
  }
}

const { out, ...wanted } = options()
const showsProgress = process.stderr.isTTY && wanted.customers > 20_000
const report = generateDemo(out, wanted, showsProgress ? done => process.stderr.write(`\r${done} customers`) : undefined)
if (showsProgress) process.stderr.write('\n')
for (const [kind, count] of Object.entries(report.records)) process.stdout.write(`${kind.padEnd(14)}${String(count).padStart(12)}\n`)
process.stdout.write(`${'total'.padEnd(14)}${String(report.total).padStart(12)} records in ${report.seconds.toFixed(1)} s, ${Math.round(report.total / report.seconds)} a second\n`)
