// FullCalendar as our pages import it: only the views, the theme and the language that they use.
// Its styles come as files (fullcalendar.css), so the strict content security policy holds.
import { Calendar } from 'fullcalendar'
import dayGrid from 'fullcalendar/daygrid'
import timeGrid from 'fullcalendar/timegrid'
import theme from 'fullcalendar/themes/classic'
import vi from 'fullcalendar/locales/vi'

export { Calendar, vi }
export const plugins = [dayGrid, timeGrid, theme]
