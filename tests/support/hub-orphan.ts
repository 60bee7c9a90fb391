/** Starts the embedded database of a data directory and waits to be killed, as a hub that dies does. */
import { startEmbedded } from '../../hub/database/embedded.ts'

await startEmbedded(process.argv[2] ?? '')
process.stdout.write('started\n')
setInterval(() => undefined, 1_000)
