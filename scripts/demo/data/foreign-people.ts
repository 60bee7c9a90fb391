import type { NamesBySex } from './first-names.ts'

/** Names of people born abroad, by state; `state` is its Belfiore code. */
export type ForeignPeople = { state: string; lastNames: readonly string[]; firstNames: NamesBySex }

const list = (text: string): readonly string[] => text.split(', ')

/** The states from which most people in the north came, the commonest first. */
export const foreignPeople: readonly ForeignPeople[] = [
  { state: 'Z129', lastNames: list('Popescu, Ionescu, Munteanu, Stoica, Dumitru, Rusu, Ciobanu'), firstNames: { M: list('Mihai, Andrei, Florin, Ion, Vasile'), F: list('Mihaela, Ana, Elena, Ioana, Daniela') } },
  { state: 'Z100', lastNames: list('Hoxha, Shehu, Gjoka, Prifti, Leka'), firstNames: { M: list('Ardit, Arben, Besnik, Ilir'), F: list('Mirela, Elira, Valbona, Drita') } },
  { state: 'Z330', lastNames: list('El Amrani, Benali, Alaoui, Haddad'), firstNames: { M: list('Mohammed, Youssef, Karim, Rachid'), F: list('Fatima, Khadija, Nadia, Samira') } },
  { state: 'Z210', lastNames: list('Chen, Hu, Zhang, Lin, Zhou'), firstNames: { M: list('Wei, Jun, Ming, Lei'), F: list('Mei, Li, Xia, Yan') } },
  { state: 'Z138', lastNames: list('Shevchenko, Kovalenko, Bondarenko, Melnyk'), firstNames: { M: list('Oleh, Andriy, Serhiy'), F: list('Olena, Oksana, Iryna, Tetiana') } },
  { state: 'Z222', lastNames: list('Singh, Kaur, Kumar, Sharma'), firstNames: { M: list('Gurpreet, Rajesh, Harjit'), F: list('Harpreet, Simran, Manjit') } },
  { state: 'Z249', lastNames: list('Hossain, Rahman, Islam, Miah'), firstNames: { M: list('Abdul, Mohammad, Kamal'), F: list('Nasrin, Shirin, Salma') } },
  { state: 'Z343', lastNames: list('Diop, Ndiaye, Fall, Sow'), firstNames: { M: list('Ibrahima, Moussa, Cheikh'), F: list('Aïssatou, Fatou, Aminata') } },
  { state: 'Z149', lastNames: list('Kovačić, Petrović, Marić, Babić'), firstNames: { M: list('Dragan, Goran, Željko'), F: list('Dragana, Vesna, Snježana') } },
  { state: 'Z112', lastNames: list('Müller, Schäfer, Weiß, Bauer'), firstNames: { M: list('Günter, Jürgen, Stefan'), F: list('Ursula, Käthe, Sabine') } },
  { state: 'Z611', lastNames: list('Quispe, Flores, García, Mendoza'), firstNames: { M: list('José, Luis, Jesús'), F: list('María, Rosa, Milagros') } },
]
