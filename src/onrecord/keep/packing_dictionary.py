"""What nearly every record says, most frequent last: zlib's preset dictionary for packing 1, never to be changed.

Only data.
"""

SAID_ALWAYS = (
    b'{"=":["several may have said it","nobody near is known to have said it","the report gives no source"'
    b',"the source is not named",null]},"find.statements: quote before cue","find.statements: loose quote"'
    b',"find.statements: clause after cue","find.statements: model","times/year","times/month","times/week'
    b'day","times/deictic","times/duration","times/date","times/day","reported","demanded","thought","agre'
    b'ed","accused","denied","asked","warned","wrote","said","date","duration","time","set","PRESENT_REF",'
    b'"PAST_REF","FUTURE_REF","P1Y","P1D","unnamed group","document","unnamed person","named organisation"'
    b',"none","named person","indirect","mixed","direct","2015-2016-2017-2018-2019-2020-2021-2022-2023-202'
    b'4-2025-01-02-03-04-05-06-07-08-09-10T00:00:00+00:00Z",{"document":{"source":{"sha256":"","reader":"r'
    b'ead.html 1","reader":"read.text 1","location":".html","url":"https://www..com/news/","publisher":"Th'
    b'e ","headline":"","byline":[],"contributors":[],"agency":null,"dateline":null,"published":"20","modi'
    b'fied":null,"provenance":{"*":{"field":["headline","byline","published","publisher","url"],"taken_fro'
    b'm":{"=":["!!#","json-ld","opengraph","meta","visible","given","text"]},"score":{"%":"900090009000850'
    b'0"},"span":{"^":[null,null,null,0,26]}}}},"blocks":{"*":{"span":{"^":[0,26,28,105,107]},"kind":{"=":'
    b'["!##############","headline","paragraph"]},"label":{"#":[15,null]},"place":{"#":[15,null]}}},"sente'
    b'nces":{"^":[0,]},"language":"en","id":""},"mentions":{"*":{"id":{"#":[369,null]},"span":{"^":[]},"ki'
    b'nd":{"=":["","other","person","organisation","place","group","event","product","facility"]},"form":{'
    b'"=":["","nominal","name","pronoun"]},"origin":{"*":{"step":{"=":["","mentions/description","names","'
    b'mentions/pronoun"]},"version":{"#":[369,"1"]},"score":{"%":"--------"}}}}},"entities":{"*":{"id":{"#'
    b'":[369,null]},"kind":{"=":["","other","person"]},"name":{"^":[]},"mentions":{"&":[1,1,1,1]},"titles"'
    b':{"@":[[0,0,0,0,0,0]]},"affiliations":{"@":[[0,0,0,0]]},"ages":{"&":[0,0,0,0,0,0]},"descriptions":{"'
    b'@":[[0,0,0]]}}},"statements":{"*":{"id":{"#":[22,null]},"content":{"@":[[1,1,1,1]]},"kind":{"=":["",'
    b'"indirect","direct","mixed"]},"mode":{"=":["","said"]},"source_type":{"=":["","named person"]},"orig'
    b'in":{"*":{"step":{"=":["","find.statements: model"]},"version":{"#":[22,"1"]},"score":{"%":""}}},"cu'
    b'e":{"^":[]},"source":{"^":[]},"speaker":[null,],"unknown_because":{"=":["",null,"the source is not n'
    b'amed"]},"candidates":{"&":[0,0,0,0]},"chain":{"@":[[2,1,0,0]]},"negated":{"#":[22,false]},"hedged":{'
    b'"#":[22,false]},"inside":{"#":[22,null]},"reason":{"#":[22,null]},"occasion":{"#":[22,null]}}},"time'
    b's":{"*":{"id":{"#":[9,null]},"span":{"^":[]},"kind":{"=":["","date"]},"edtf":{"=":["",null]},"timex"'
    b':["20"],"anchor":{"=":["","20"]},"origin":{"*":{"step":{"=":["","times/year"]},"version":{"#":[9,"1"'
    b']},"score":{"#":[9,null]}}}}},"places":[],"events":[],"notes":[]}'
)
