import type { PageLanguage } from "#lib/queue/page-words.ts";

/** Everything the page of a closed door says. In braces stand the parts that are filled in. */
export interface DoorWords {
  full: string;
  closed: string;
  opens: string;
  unknown: string;
  stay: string;
  missing: string;
  missing_next: string;
}

export const DOOR_TEXTS: Record<PageLanguage, DoorWords> = {
  en: {
    full: "We are full for today",
    closed: "Not open right now",
    opens: "It opens again {in}, at about {at}.",
    unknown: "We can't say yet when it opens.",
    stay: "Keep this page open: it looks again by itself and takes you on. You can also come back to this address later.",
    missing: "There is no such link",
    missing_next: "Check the address, or go back to where you found it.",
  },
  pl: {
    full: "Na dziś nie ma już miejsc",
    closed: "Teraz jest zamknięte",
    opens: "Otworzymy ponownie {in}, około {at}.",
    unknown: "Nie wiemy jeszcze, kiedy otworzymy.",
    stay: "Zostaw tę stronę otwartą: sama sprawdzi ponownie i przeniesie Cię dalej. Możesz też wrócić pod ten adres później.",
    missing: "Nie ma takiego linku",
    missing_next: "Sprawdź adres albo wróć tam, gdzie go znaleziono.",
  },
  cs: {
    full: "Pro dnešek máme plno",
    closed: "Teď je zavřeno",
    opens: "Znovu otevřeme {in}, kolem {at}.",
    unknown: "Zatím nevíme, kdy otevřeme.",
    stay: "Nechte tuto stránku otevřenou: sama se podívá znovu a pustí vás dál. Můžete se na tuto adresu také vrátit později.",
    missing: "Takový odkaz neexistuje",
    missing_next: "Zkontrolujte adresu, nebo se vraťte tam, kde jste ji našli.",
  },
  sk: {
    full: "Na dnes máme plno",
    closed: "Teraz je zatvorené",
    opens: "Znovu otvoríme {in}, okolo {at}.",
    unknown: "Zatiaľ nevieme, kedy otvoríme.",
    stay: "Nechajte túto stránku otvorenú: sama sa pozrie znova a pustí vás ďalej. Môžete sa na túto adresu aj vrátiť neskôr.",
    missing: "Taký odkaz neexistuje",
    missing_next: "Skontrolujte adresu, alebo sa vráťte tam, kde ste ju našli.",
  },
  hr: {
    full: "Za danas smo popunjeni",
    closed: "Trenutačno je zatvoreno",
    opens: "Ponovno otvaramo {in}, oko {at}.",
    unknown: "Još ne znamo kada otvaramo.",
    stay: "Ostavite ovu stranicu otvorenom: sama će provjeriti ponovno i odvesti vas dalje. Možete se i kasnije vratiti na ovu adresu.",
    missing: "Takva poveznica ne postoji",
    missing_next: "Provjerite adresu ili se vratite onamo gdje ste je pronašli.",
  },
  ro: {
    full: "Pentru astăzi nu mai sunt locuri",
    closed: "Acum este închis",
    opens: "Se deschide din nou {in}, în jurul orei {at}.",
    unknown: "Încă nu știm când se deschide.",
    stay: "Lăsați această pagină deschisă: verifică singură și vă duce mai departe. Puteți reveni și mai târziu la această adresă.",
    missing: "Nu există un astfel de link",
    missing_next: "Verificați adresa sau reveniți acolo unde ați găsit-o.",
  },
  bg: {
    full: "За днес няма повече места",
    closed: "В момента е затворено",
    opens: "Отваря отново {in}, около {at}.",
    unknown: "Още не можем да кажем кога отваря.",
    stay: "Оставете тази страница отворена: тя проверява сама и ви води нататък. Можете и да се върнете на този адрес по-късно.",
    missing: "Няма такава връзка",
    missing_next: "Проверете адреса или се върнете там, където сте го намерили.",
  },
  el: {
    full: "Για σήμερα δεν υπάρχουν άλλες θέσεις",
    closed: "Αυτή τη στιγμή είναι κλειστά",
    opens: "Ανοίγει ξανά {in}, περίπου στις {at}.",
    unknown: "Δεν γνωρίζουμε ακόμη πότε ανοίγει.",
    stay: "Αφήστε αυτή τη σελίδα ανοιχτή: ελέγχει μόνη της και σας οδηγεί παρακάτω. Μπορείτε και να επιστρέψετε αργότερα σε αυτή τη διεύθυνση.",
    missing: "Δεν υπάρχει τέτοιος σύνδεσμος",
    missing_next: "Ελέγξτε τη διεύθυνση ή επιστρέψτε εκεί όπου τη βρήκατε.",
  },
  it: {
    full: "Per oggi i posti sono finiti",
    closed: "Al momento è chiuso",
    opens: "Riapre {in}, verso le {at}.",
    unknown: "Non sappiamo ancora quando apre.",
    stay: "Lasci aperta questa pagina: ricontrolla da sola e la porta avanti. Può anche tornare a questo indirizzo più tardi.",
    missing: "Questo link non esiste",
    missing_next: "Controlli l'indirizzo, o torni dove l'ha trovato.",
  },
};
