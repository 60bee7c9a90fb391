/** What the machine around the application looks like, as the test wants it. Read by both sides. */
import { z } from 'zod'

const rectangle = z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
const displaySchema = z.strictObject({ id: z.number(), bounds: rectangle, workArea: rectangle, scaleFactor: z.number() })
export type SomeDisplay = z.infer<typeof displaySchema>

const backEnds = ['basic_text', 'gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6', 'unknown'] as const

export const settingsSchema = z.strictObject({
  /** Folder that stands for the person's home: everything `app.getPath` answers lies in it. */
  home: z.string(),
  locale: z.string().default('it-IT'),
  dark: z.boolean().default(false),
  displays: z
    .array(displaySchema)
    .min(1)
    .default([{ id: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 }, workArea: { x: 0, y: 0, width: 1920, height: 1040 }, scaleFactor: 1 }]),
  /** What `getSelectedStorageBackend` answers; each has a key of its own. */
  keyStore: z.enum(backEnds).default('gnome_libsecret'),
  /** The store is there and does not open. */
  keyStoreLocked: z.boolean().default(false),
  /** Where the application is installed: the folder of its `package.json`, and that of what lies beside it. `null` for the sources, as built. */
  packaged: z.strictObject({ app: z.string(), resources: z.string(), appImage: z.string() }).nullable().default(null),
  /** Names that lead somewhere, each to a port of this machine; every other one leads nowhere. */
  servers: z.array(z.strictObject({ host: z.string(), port: z.int(), certificate: z.string() })).default([]),
  /** Accelerators that another program has already. */
  takenShortcuts: z.array(z.string()).default([]),
  /** The file whose opening started the application, as macOS tells it. */
  openedFile: z.string().nullable().default(null),
})
export type MachineSettings = z.input<typeof settingsSchema>

/** Name of the environment variable that carries the settings as JSON. */
export const settingsVariable = 'SPORTELLO_DOUBLE'
