/** What Windows knows the application by, equal to `appId` of `electron-builder.yml`: its shortcut names it, and notifications need both. */
export const applicationId = 'it.sportello.desk'
