import Database from 'better-sqlite3-multiple-ciphers'
import { createLookup } from '../../../electron/core/search/lookup.ts'
import { benchQueries } from './data.ts'
const f=process.argv[2]!, N=Number(process.argv[3]), R=Number(process.argv[4]??600), only=process.argv[5]
const db=new Database(f,{readonly:true})
db.pragma("cipher='sqlcipher'"); db.pragma(`key="x'${'ab'.repeat(32)}'"`)
db.pragma('cache_size=-65536'); db.pragma('temp_store=MEMORY')
const lk=createLookup(db)
const qs=benchQueries(N,R)
const warm=benchQueries(N,60,0)
for(const k of ['ranked','exact','typo'] as const){ if(only&&only!==k)continue
  for(const q of warm[k].slice(0,40))lk.search({text:q,limit:20})
  const T:[number,string,number,boolean][]=[]
  const c0=process.cpuUsage()
  for(const q of qs[k]){const t=performance.now(); const p=lk.search({text:q,limit:20}); T.push([performance.now()-t,q,p.rows.length,p.cursor!==null])}
  const c1=process.cpuUsage(c0)
  T.sort((a,b)=>a[0]-b[0]); const at=(x:number)=>T[Math.min(T.length-1,Math.floor(T.length*x))]![0].toFixed(2)
  console.log(k,'n',T.length,'p50',at(.5),'p95',at(.95),'p99',at(.99),'max',at(1),'cpu avg ms',((c1.user+c1.system)/1000/T.length).toFixed(3))
  console.log(T.slice(-12).map(x=>x[0].toFixed(2)+' '+x[1]+' '+x[2]+(x[3]?'+':'')).join(' | '))
}
