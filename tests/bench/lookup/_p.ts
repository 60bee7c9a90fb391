import { documentKeys } from '../../../electron/core/search/document-keys.ts'
const a={street:'Via Giuseppe Garibaldi',houseNumber:'14/A',postalCode:'34125',town:'Trieste',province:'TS'}
const d={n:1,id:'x:1',brandId:'x',code:'005007',kind:'person',lastName:"D'Amico",firstName:'Nicolò Maria',companyName:null,birthYear:1980,sinceDay:null,taxCode:'RSSMRA80A01H501U',vatNumber:null,phones:['+39 338 1234567'],email:'pippo.damico@x.it',emailUnreachable:false,vulnerable:false,address:a,supplies:[{commodity:'electricity',code:'IT001E00345678',serviceCode:'00012',active:true,endDay:null,address:{...a},serials:['AB01234567']}]} as const
console.log(documentKeys(d)); const k=documentKeys(d); console.log(k.length,k.join(' ').length)
const t=process.hrtime.bigint(); for(let i=0;i<20000;i++)documentKeys(d); console.log(Number(process.hrtime.bigint()-t)/2e7,'us')
