/** First names by the years in which children were given them, the commonest of each time first. */
export type NamesBySex = { readonly M: readonly string[]; readonly F: readonly string[] }
export type NameTime = { readonly until: number; readonly names: NamesBySex }

const list = (text: string): readonly string[] => text.trim().split(/\s+/)

export const firstNames: readonly NameTime[] = [
  {
    until: 1948,
    names: {
      M: list(`Giuseppe Giovanni Antonio Mario Luigi Francesco Angelo Pietro Domenico Bruno Carlo Franco Salvatore Vincenzo Giorgio
        Renato Sergio Aldo Luciano Gino Silvano Ferruccio Guido Arturo Umberto Ettore Egidio Lino Dino Remo Sante Gastone Achille
        Otello Ottorino Primo Severino Adelino Narciso Armando Nello Rino Oreste Orlando Tullio Valentino Vittorio Ugo Romeo Elio
        Alfredo Alberto Enzo Fausto Felice Gaetano Giacomo Ernesto`),
      F: list(`Maria Anna Giuseppina Rosa Angela Giovanna Teresa Lucia Carmela Caterina Francesca Antonietta Carla Elena Concetta
        Rita Margherita Luisa Bruna Ida Elsa Ines Gina Norma Nives Lidia Irma Ada Antonia Adele Assunta Bianca Clara Dina Elda
        Emma Ernesta Fernanda Gemma Graziella Iolanda Ivana Liliana Livia Lina Maddalena Mafalda Nerina Noemi Olga Ornella Pia
        Pierina Renata Rina Silvana Velia Vittoria Wanda Zaira`),
    },
  },
  {
    until: 1972,
    names: {
      M: list(`Giuseppe Antonio Giovanni Roberto Mario Franco Luigi Claudio Maurizio Paolo Sergio Gianni Giancarlo Bruno Angelo
        Francesco Giorgio Walter Fabio Massimo Stefano Mauro Enrico Renzo Adriano Silvano Gianfranco Pierluigi Ivano Loris Denis
        Marco Marino Livio Dario Flavio Fulvio Ezio Emilio Gabriele Graziano Luciano Moreno Oscar Piero Pierangelo Raffaele
        Riccardo Romano Rosario Sandro Tiziano Ugo Vito Alessandro Andrea Carlo Corrado Danilo Diego Edoardo Fabrizio Ermanno`),
      F: list(`Maria Anna Paola Patrizia Daniela Carla Marina Rita Franca Gabriella Laura Loredana Donatella Antonella Silvana
        Luisa Mirella Marisa Nadia Giuliana Tiziana Roberta Cristina Stefania Manuela Sabrina Barbara Adriana Antonia Bruna
        Claudia Clara Cinzia Doriana Elisabetta Emanuela Fiorella Flavia Gianna Giovanna Graziella Isabella Ivana Liliana Lorella
        Luciana Lucia Marta Michela Monica Morena Nicoletta Orietta Ornella Raffaella Renata Rosanna Rossana Sandra Silvia Sonia
        Teresa Vanna Viviana`),
    },
  },
  {
    until: 1990,
    names: {
      M: list(`Marco Andrea Alessandro Luca Stefano Roberto Francesco Matteo Davide Paolo Massimo Fabio Giuseppe Simone Alberto
        Daniele Cristian Antonio Michele Nicola Denis Mirko Ivan Diego Enrico Federico Riccardo Omar Igor Alessio Alex Christian
        Claudio Daniel Emanuele Enzo Fabrizio Filippo Gabriele Giacomo Gianluca Gianni Giorgio Giovanni Giulio Ivano Jacopo
        Leonardo Lorenzo Luigi Manuel Maurizio Mauro Morgan Patrick Pietro Raffaele Sandro Samuele Thomas Tommaso Valerio Vincenzo`),
      F: list(`Francesca Laura Elisa Chiara Silvia Elena Monica Barbara Sara Valentina Federica Paola Cristina Roberta Michela Anna
        Alessandra Giulia Ilaria Katia Erica Giorgia Marta Martina Claudia Debora Alice Alessia Angela Arianna Carlotta Caterina
        Cinzia Daniela Eleonora Emanuela Erika Eva Fabiola Giada Giovanna Irene Isabella Jessica Linda Lisa Luana Lucia Manuela
        Mara Maria Marianna Maristella Melissa Nicoletta Pamela Romina Sabrina Samantha Serena Simona Sonia Stefania Tania Tatiana
        Vanessa Veronica`),
    },
  },
  {
    until: 9999,
    names: {
      M: list(`Francesco Andrea Matteo Alessandro Lorenzo Davide Luca Marco Leonardo Riccardo Simone Tommaso Gabriele Edoardo
        Mattia Giacomo Federico Nicolò Pietro Filippo Alberto Enrico Samuele Diego Giovanni Emanuele Christian Daniele Kevin
        Antonio Manuel Nicola Jacopo Elia Michele Cristian Gioele Giulio Alex Stefano Ludovico Thomas Sebastiano Damiano Noah
        Alessio Carlo Brando Ettore Zeno Tobia Raffaele Niccolò Samuel Omar Ryan Vittorio Dario Achille Enea`),
      F: list(`Giulia Sofia Martina Sara Chiara Aurora Giorgia Alice Emma Anna Francesca Elisa Elena Alessia Gaia Beatrice Matilde
        Greta Noemi Vittoria Rebecca Camilla Arianna Ludovica Asia Ilaria Nicole Marta Eleonora Valentina Ginevra Viola Irene Maria
        Laura Silvia Giada Linda Adele Margherita Caterina Bianca Azzurra Lucia Miriam Angelica Carlotta Benedetta Melissa Agata
        Diana Isabel Nina Mia Rachele Serena Aurora Erica Letizia Zoe`),
    },
  },
]

/** Second halves of double names; the commonest first. */
export const secondNames: NamesBySex = {
  M: ['Maria', 'Luigi', 'Carlo', 'Antonio', 'Battista', 'Paolo', 'Franco', 'Alberto', 'Marco', 'Pietro'],
  F: ['Grazia', 'Teresa', 'Pia', 'Luisa', 'Rosa', 'Cristina', 'Chiara', 'Elena', 'Antonietta', 'Vittoria'],
}
