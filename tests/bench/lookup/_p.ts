import { documentKeys } from '../../../electron/core/search/document-keys.ts'
import { encodeDocument, decodeDocument } from '../../../electron/core/search/stored-document.ts'
import { customerAt } from './data.ts'
const docs=[]; for(let i=0;i<20000;i++)docs.push(customerAt(i).document)
for (const [n,f] of [['keys',documentKeys],['enc',encodeDocument],['keys',documentKeys],['enc',encodeDocument]] as const){
let t=performance.now(); for(const d of docs)f(d); console.log(n,(performance.now()-t)/20,'us')}
const e=docs.map(encodeDocument); let t=performance.now(); for(const d of e)decodeDocument(1,d); console.log('dec',(performance.now()-t)/20,'us', e[5]!.length, e[5])
