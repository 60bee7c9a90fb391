/** A load in a process of its own, to be killed: says `started` when rows begin to come in, `done` at the end. */
import { importExtracts } from '../../../../electron/core/import/import-extracts.ts'
import { openStore } from '../../../../electron/core/store/store.ts'
import { fixedClock, testKey } from './import-store.ts'

const [, , databasePath = '', folder = '', rejectFolder = ''] = process.argv
const store = await openStore(databasePath, testKey, { create: false })
let started = false
const summary = await importExtracts({
  databasePath, key: testKey, gate: store.gate, deskWriter: store.rawWriter, folder, rejectFolder, resume: true, clock: fixedClock,
  onProgress: () => {
    if (!started) process.stdout.write('started\n')
    started = true
  },
})
process.stdout.write(`${summary.state}\n`)
await store.close()
