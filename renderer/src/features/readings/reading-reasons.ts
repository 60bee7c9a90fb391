import type { ErrorOf } from '../../../../shared/contract/call.ts'
import type { readingsCalls } from '../../../../shared/contract/readings.ts'
import { commonReasons } from '../desk/call-errors.ts'
import type { Reasons } from '../desk/call-errors.ts'

type Readings = typeof readingsCalls
export type FormError = ErrorOf<Readings['form']>
export type EnterError = ErrorOf<Readings['enter']>
export type RemoveError = ErrorOf<Readings['remove']>

export const formReasons: Reasons<FormError> = {
  ...commonReasons,
  supply_point_not_found: 'readings.error.supplyPointNotFound',
  no_meter: 'readings.error.noMeter',
}

export const enterReasons: Reasons<EnterError> = {
  ...commonReasons,
  meter_not_found: 'readings.error.meterNotFound',
  not_of_customer: 'readings.error.notOfCustomer',
  meter_removed: 'readings.error.meterRemoved',
  outside_window: 'readings.error.outsideWindow',
  day_taken: 'readings.error.dayTaken',
  corrector_missing: 'readings.error.correctorMissing',
  corrector_not_expected: 'readings.error.correctorNotExpected',
  bands_mismatch: 'readings.error.bandsMismatch',
  too_many_digits: 'readings.error.tooManyDigits',
  decimals_not_shown: 'readings.error.decimalsNotShown',
  service_closed: 'readings.error.serviceClosed',
}

export const removeReasons: Reasons<RemoveError> = {
  ...commonReasons,
  reading_not_found: 'readings.error.readingNotFound',
  not_of_customer: 'readings.error.notOfCustomer',
  already_acquired: 'readings.error.alreadyAcquired',
  already_deleted: 'readings.error.alreadyDeleted',
  reading_contested: 'readings.error.contested',
}
