import Database from 'better-sqlite3-multiple-ciphers'
import { createLookup } from '../../../electron/core/search/lookup.ts'
const f=process.argv[2]!
const db=new Database(f,{readonly:true})
db.pragma("cipher='sqlcipher'"); db.pragma(`key="x'${'ab'.repeat(32)}'"`)
db.pragma('cache_size=-65536'); db.pragma('temp_store=MEMORY')
const lk=createLookup(db)
for (const text of process.argv.slice(3)) {
  const t=performance.now(); const p=lk.search({text,limit:5}); const d=performance.now()-t
  const c=lk.count(text); const t2=performance.now(); let s; do s=c.step(8); while(!s.finished)
  console.log(`--- ${text}: ${d.toFixed(2)} ms, total ${s.total} in ${(performance.now()-t2).toFixed(1)} ms`, p.corrected??'', p.suggestions.map(x=>x.value).join(','), p.recognised.join(','))
  for(const r of p.rows) console.log('   ',r.name,'|',r.code,'|',r.address?.street,r.address?.houseNumber,r.address?.town,'|',r.why.join('+'),'|',r.matched?.value??'',JSON.stringify(r.matched?.marks??''),'|',JSON.stringify(r.marks.name), r.active.join(), r.closedYear??'')
}
