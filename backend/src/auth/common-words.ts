/**
 * What passwords are made of most often, folded: lower case, figures and signs that stand for letters undone. The rules
 * of `password-guesses.ts` put numbers and signs around them, and write them twice, so that these few hundred words
 * stand for some hundred thousand passwords.
 */
const WORDS = `
  password passwort passwd pass passcode passphrase motdepasse contrasena contrasenia senha parola parole salasana haslo
  wachtwoord heslo losenord kennwort geheim geheimnis secret secrets mysecret mypassword thepassword newpassword
  oldpassword nopassword yourpassword changeme changeit change letmein letmeinnow openup opensesame sesame login logon
  signin welcome welcomeback willkommen bienvenue bienvenido default temp temporary test testing tester testtest demo
  sample example guest user username admin administrator adminadmin root toor sysadmin superuser superadmin system
  server service support helpdesk manager master webmaster postmaster oracle mysql postgres database access account
  computer internet network google facebook youtube twitter instagram linkedin microsoft windows apple android iphone
  samsung nokia sony lenovo toshiba dell yahoo hotmail gmail outlook skype whatsapp tiktok netflix spotify amazon paypal
  office desktop laptop keyboard monitor printer security private public qwerty qwertz azerty asdf zxcv
  iloveyou iloveu ilove loveyou loveme lovely lover love mylove mylife myself forever together always whatever
  nothing something everything anything someone nobody hello hellohello hallo bonjour hola ciao goodbye please thanks
  thankyou yes yesyes nono okay killer hacker hunter master ninja samurai warrior soldier sniper ranger pirate legend
  hero boss king queen prince princess princesa prinzessin angel angels devil demon ghost shadow phantom dragon drago
  unicorn phoenix monster wizard magic merlin gandalf frodo aragorn legolas hobbit starwars startrek skywalker yoda
  vader darthvader jedi trustno matrix neo trinity morpheus batman superman spiderman ironman wolverine deadpool hulk
  joker avatar naruto sasuke goku pokemon pikachu charizard minecraft fortnite roblox zelda mario luigi sonic halo
  warcraft starcraft counterstrike diablo doom pacman tetris playstation xbox nintendo gamecube gamer gaming player
  football futbol fussball fusball soccer baseball basketball hockey tennis golf cricket rugby swimming running boxing
  wrestling skateboard surfing snowboard liverpool arsenal chelsea manchester barcelona realmadrid juventus milan
  bayern dortmund schalke borussia ajax benfica celtic rangers everton tottenham yankees redsox lakers bulls celtics
  eagles cowboys steelers packers patriots broncos raiders dolphins bears giants ferrari porsche mercedes bmw audi
  volkswagen toyota honda yamaha suzuki kawasaki harley ducati mustang corvette camaro chevy ford jaguar bentley
  monkey tiger lion panther leopard cheetah eagle falcon hawk raven wolf bear panda koala zebra giraffe elephant horse
  pony donkey cow pig piglet chicken duck ducky goose turtle snake cobra python viper spider scorpion butterfly
  ladybug bumblebee honeybee dolphin shark whale penguin kitten kitty hellokitty cat pussycat tomcat dog doggy doggie
  puppy bulldog rabbit bunny hamster mouse mickey minnie donald goofy pluto snoopy garfield scooby simba nala bambi
  dumbo nemo shrek elsa tinkerbell tigger winnie winniethepooh pooh spongebob patrick barney elmo cookie cookies
  flower flowers rose roses lily daisy violet jasmine blossom sunflower sunshine sunny sunset sunrise moonlight moon
  star stars starlight stardust heaven paradise rainbow thunder lightning storm rain snow snowball snowflake winter
  summer spring autumn fall sommer herbst fruehling fruhling hiver printemps verano invierno january february march
  april june july august september october november december januar februar maerz marz juni juli oktober dezember
  monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag
  red green blue yellow orange purple pink black white silver gold golden diamond crystal emerald sapphire ruby pearl
  platinum metal metallica nirvana slipknot linkinpark greenday blink eminem tupac biggie rihanna beyonce shakira
  madonna michael jackson elvis beatles rolling queen acdc ironmaiden megadeth guitar piano drums music rockstar
  rocknroll hiphop dancer dance party happy smile smiley lucky lucky love kisses kiss hugs sweet sweetie sweetheart
  sweety honey sugar candy cupcake chocolate vanilla strawberry cherry banana apple peaches peach mango coconut
  pineapple orange lemon melon watermelon pumpkin potato tomato pepper ginger cinnamon butter cheese pizza burger
  bacon chicken coffee espresso cappuccino whisky whiskey vodka tequila corona budweiser guinness beer wine coke
  cocacola pepsi marlboro
  baby babygirl babyboy babe babes girl girls boy boys lady mother mommy mama mom mum mutti mutter father daddy papa
  dad vati vater sister brother family familie grandma grandpa oma opa schatz schatzi schnucki hase hasi maus mausi
  engel liebe liebling ichliebedich tequiero teamo jetaime amor amore cherie chouchou doudou loulou coucou soleil
  cheval bebe bonita hermosa estrella corazon carino princessa nicole
  adam alex alexander alexandra alexis alfred alice alicia alison allison amanda amber amelia andrea andreas andrew
  angela angelina anita anna anne annika anthony antonio arthur ashley austin barbara benjamin bernard bernd bettina
  bianca blake bobby brandon brenda brian britney brittany bruno caitlin cameron camille carina carla carlos carmen
  carol carolina caroline catherine cedric charles charlie charlotte chelsea chris christian christina christine
  christoph christopher claire claudia corinna craig crystal cynthia daniel daniela danielle david dennis derek diana
  diego dieter dominic dominik dominique donna dorothy douglas dylan eduardo edward eleanor elena elisabeth elizabeth
  emily emma eric erika esther eugene evelyn fabian felix fernando florian frances francesco francis francisco frank
  franziska frederic gabriel gabriela george gerald gerhard gloria gordon grace gregory guenther gustavo hannah hans
  harald harold harry heather heidi heinrich helen helena helga helmut henry herbert howard hunter ingrid isabel
  isabella jackie jacob james jamie jan jana janet janine jason javier jean jeffrey jennifer jenny jeremy jerome
  jessica jessie jesus jim joanna joe joel johanna johannes john johnny johnson jonas jonathan jordan jose joseph
  joshua juan judith julia julian juliana julie julien juliette jurgen justin karen karin karl katharina katherine
  kathrin katja katrin kayla keith kelly kenneth kevin kimberly klaus kristin kristina kyle lars laura lauren laurent
  leon leonardo leonie leslie linda lindsay lisa logan lorenzo louis louise lucas lucia luis lukas maddison madison
  manfred manuel manuela marc marco marcel marcus margaret maria mariana marie marina marion mark markus marlene
  marlon martin martina mary mathieu matthew matthias maurice max maxime maximilian maxwell melanie melissa mercedes
  mia michaela michel michele michelle miguel mike mohamed mohammed muhammad monica monika monique morgan nadine nancy
  natalia natalie natasha nathan nicholas nicolas nina norbert oliver olivia oscar pamela paolo pascal patricia patrik
  paul paula pauline pedro peter petra philip philipp phillip pierre rachel ralf ralph ramona raphael raymond rebecca
  renate ricardo richard robert roberto robin roland romain roman ronald ronaldo messi beckham zidane maradona rooney
  rosemary rudolf russell ruth ryan sabine sabrina samantha samuel sandra sandy sara sarah scott sean sebastian
  sergio shannon sharon shawn silke silvia simon simone sophia sophie stefan stefanie stephan stephanie stephen steve
  steven stuart susan susanne suzanne sven sylvia tamara tanja tatjana taylor teresa theodor theresa thomas thorsten
  tiffany timothy tobias tommy travis trevor tyler ulrich ursula uwe valentin valentina vanessa vera verena veronica
  veronika victor victoria viktor vincent virginia vivian vivien walter wanda wendy werner wilhelm william williams
  wolfgang xavier yannick yasmin yolanda yvonne zachary
  london paris berlin hamburg munich muenchen munchen koeln koln frankfurt stuttgart dresden leipzig vienna wien
  zurich zuerich rome roma madrid lisbon lisboa porto amsterdam rotterdam brussels copenhagen stockholm oslo helsinki
  moscow warsaw prague budapest athens istanbul ankara dubai cairo delhi mumbai bangkok tokyo beijing shanghai
  hongkong singapore sydney melbourne newyork boston chicago dallas houston denver seattle miami vegas lasvegas
  california texas florida hawaii alaska arizona canada america england scotland ireland france germany deutschland
  italia italy spain espana portugal brasil brazil mexico argentina colombia chile peru cuba jamaica africa australia
  india pakistan china japan korea russia turkey poland polska sweden norway denmark finland holland austria
  schweiz switzerland europe europa
  freedom liberty peace power strong energy turbo speed racing rocket nuclear genius wisdom knowledge success
  victory winner champion money dollar millionaire business company marketing finance student teacher school college
  university universal english science history biology chemistry physics nurse doctor police fireman officer captain
  major general colonel sergeant marine marines army navy airforce soldier pilot driver trucker farmer fishing
  hunting camping travel holiday vacation christmas easter halloween birthday
  jesuschrist jesus christ christian church bible faith grace blessed blessing godisgood god allah buddha krishna
  fuck fucker fuckyou fuckoff fuckme motherfucker asshole bitch bitches bastard shit bullshit dickhead pussy sexy
  sexsex sex hotgirl badboy badgirl badass bigdaddy bigboy bigdog topgun goodluck nicegirl cutie cutiepie beautiful
  gorgeous pretty handsome awesome amazing fantastic perfect special crazy stupid idiot loser dumbass lol lolo rofl
  abc abcd abcde abcdef abcdefg blabla blahblah foo foobar foobarbaz barfoo lorem loremipsum ipsum asd qwe qweasd
  qweasdzxc qazwsx qazwsxedc zaq zaqxsw wsx edc rfv tgb poi lkj mnb poiuytrewq lkjhgfdsa mnbvcxz aaa zzz xxx
`;

export const COMMON_WORDS: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/));
