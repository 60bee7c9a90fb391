import Database from 'better-sqlite3-multiple-ciphers'
import fs from 'node:fs'
import { searchSchema } from '../../../electron/core/search/search-schema.ts'
import { createIndexer } from '../../../electron/core/search/search-indexer.ts'
import { customerAt } from './data.ts'
import { documentKeys } from '../../../electron/core/search/document-keys.ts'
const N=Number(process.argv[2]), f=process.argv[3]!
for(const s of ['','-wal','-shm'])fs.rmSync(f+s,{force:true})
const db=new Database(f)
db.pragma("cipher='sqlcipher'"); db.pragma(`key="x'${'ab'.repeat(32)}'"`)
db.pragma('journal_mode=WAL'); db.pragma('synchronous=FULL'); db.pragma('cache_size=-65536'); db.pragma('temp_store=MEMORY')
for(const s of searchSchema)db.exec(s)
const ix=createIndexer(db)
let kn=0; for(let i=0;i<500;i++){kn+=documentKeys(customerAt(i).document).length}; console.log('keys/cust',kn/500)
let gen=0, put=0, mer=0, maxput=0, maxmer=0
const B=Number(process.argv[4]??100), P=Number(process.argv[5]??64)
for(let a=0;a<N;a+=B){
  let t=performance.now(); const docs=[]; for(let i=a;i<Math.min(N,a+B);i++)docs.push(customerAt(i).document); gen+=performance.now()-t
  t=performance.now(); ix.putMany(docs); let d=performance.now()-t; put+=d; maxput=Math.max(maxput,d)
  t=performance.now(); ix.tidy(P); d=performance.now()-t; mer+=d; maxmer=Math.max(maxmer,d)
  if(a%(B*500)===0&&a>0)console.log(a, 'put us',put*1000/a,'merge us',mer*1000/a,'max',maxput,maxmer, db.prepare('select count(distinct segid) c from search_key_idx').get())
}
console.log('gen us',gen*1000/N,'put us',put*1000/N,'merge us',mer*1000/N,'max',maxput,maxmer)
let t=performance.now(); let k=0; let mx=0; for(;;){const q=performance.now(); const more=ix.tidy(-64); mx=Math.max(mx,performance.now()-q); k++; if(!more)break}
console.log('final merge us/cust',(performance.now()-t)*1000/N,k,'max step',mx, db.prepare('select count(distinct segid) c from search_key_idx').get())
db.pragma('wal_checkpoint(TRUNCATE)'); console.log('MB',fs.statSync(f).size/1e6, 'rss',process.memoryUsage().rss/1e6)
