/** English words of business that say nothing about whom a note is about. Any other one stays at home: it may be a name. */
export const PLAIN_WORDS: ReadonlySet<string> = new Set(
  `a about after again agreed all also already and answer answered any app april asked at august bad bought budget busy but
  buy call called calls cancel cancelled change cheaper check client closed come company competitor complain complained
  complaint contract cost could customer date deal december decide decided declined delay delayed delivery demo did discount
  discuss discussed do does done down email erp even expensive faulty february first follow for friday from further gave get
  given go going good got had happy has have held high hr in interest interested into invoice is it january july june just
  keep last late later left less line lost lower march may me meeting met monday month more moved much need needed needs new
  next no not november now october of off offer office ok on once one only or order ordered orders other our out over owner
  paid pay payment phone picked place placed please po price prices product promise promised purchase quality quarter
  question quick quit quote quoted ready really reason refund refused renew renewal renewed reply replied resolved response
  retired sales sample samples satisfied saturday send sent september service should sign signed slow soon sorry spoke still
  stock stop stopped sunday supplier support switch switched system talk talked thank thanks that the their them then they
  think this thursday time to today told tomorrow too tuesday two unhappy up used very vip visit visited wait waiting want
  wanted wants was way we wechat wednesday week went were what when while will wish with without working would year yes
  yesterday yet you`.split(/\s+/),
)
