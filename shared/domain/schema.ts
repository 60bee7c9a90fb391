import { z } from 'zod'

// Without this zod probes whether it may compile its checks with `new Function`, which the desk's content security policy reports as a
// violation. Schemas import `z` from here, so that the switch is set before the first of them is made.
z.config({ jitless: true })

export { z }
