// The order counts: Vuetify's layers first, then the desk's plain rules, which win over them.
import 'vuetify/styles/core'
import './tokens.css'
import './base.css'
import './vuetify.css'
import './print.css'
