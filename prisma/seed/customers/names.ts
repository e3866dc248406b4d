import type { RegionKey } from "./residence";

export const firstNames = {
  eu: list(
    "Anouk, Bastian, Carlotta, Dario, Elif, Femke, Gaspard, Hanna, Ines, Jonas, Katarzyna, Leon, Matteo, Noor, Oskar, Paula, Quirin, Róisín, Søren, Théa, Ulrike, Vera, Wanda, Zoé",
  ),
  uk: list(
    "Alfie, Bronwen, Callum, Dilys, Ewan, Freya, Gethin, Harriet, Isla, Jasmin, Kieran, Lowri, Morag, Nadia, Owen, Priya, Rhys, Saoirse, Tamsin, Zara",
  ),
  us: list(
    "Aaliyah, Brandon, Chloe, Diego, Emma, Fabian, Grace, Hector, Imani, Jordan, Kayla, Logan, Maya, Noah, Olivia, Preston, Quinn, Rosa, Tyler, Wyatt",
  ),
  ca: list("Amélie, Benoît, Claire, Dawson, Éloïse, Fraser, Geneviève, Hudson, Josée, Liam, Noémie, Tremaine"),
  apac: list("Aiko, Bindi, Chandra, Daisuke, Emi, Farah, Haruto, Isha, Jia, Koa, Mei, Nikhil, Ren, Sanjay, Tane, Yuki"),
} as const satisfies Record<RegionKey, readonly string[]>;

export const familyNames = {
  eu: list(
    "Albrecht, Bakker, Cassini, Delorme, Engström, Ferreira, Galli, Hofmann, Ibáñez, Janssen, Kowalska, Lindqvist, Moreau, Nowak, Ó Briain, Peeters, Romano, Schäfer, Torres, Vogel, Weiß, Zieliński",
  ),
  uk: list(
    "Ashworth, Birch, Campbell, Drummond, Ellis, Farrow, Griffiths, Hargreaves, Iqbal, Kaur, Llewellyn, MacLeod, Nolan, Patel, Sutherland, Whitlock",
  ),
  us: list(
    "Alvarez, Brooks, Coleman, Delgado, Ellison, Foster, Greene, Hawkins, Jefferson, Kim, Lopez, Mitchell, Nguyen, Parker, Reyes, Washington",
  ),
  ca: list("Bouchard, Côté, Dhillon, Fortin, Gagnon, Lavoie, MacDonald, Ouellet, Singh, Tremblay"),
  apac: list("Abe, Chandran, Goh, Hayashi, Iyer, Kapoor, Lim, Mori, Ngata, O'Dea, Rao, Sato, Tan, Walker"),
} as const satisfies Record<RegionKey, readonly string[]>;

function list(names: string): readonly string[] {
  return names.split(", ");
}
