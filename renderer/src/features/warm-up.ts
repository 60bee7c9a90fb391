/**
 * Fetches the pages of the usual way (desk, lookup, customer) while nobody waits for them: the parts are read once, and
 * neither signing in nor the first customer has to wait for one. Failing is no harm, the page asks again when it is opened.
 */
export function warmUp(): void {
  requestIdleCallback(() => {
    void Promise.allSettled([import('./desk/DeskPage.vue'), import('./lookup/LookupPage.vue'), import('./desk/TabSheet.vue'), import('./customer/CustomerTab.vue')])
  })
}
