import { settingsSchema, settingsVariable } from './settings-schema.ts'

/** The machine around this application, as its test wants it. */
export const machine = (() => {
  const text = process.env[settingsVariable]
  if (text === undefined) throw new Error(`The double is started by tests/shell/shell-app.ts: ${settingsVariable} is missing`)
  return settingsSchema.parse(JSON.parse(text))
})()
