// The kinds of word problems that are held out for evaluation.
#include "core/corpus/maths_words.h"

namespace moequant {
namespace {

MathsProblem fence(MathsDraw& d) {
    const auto who = d.person();
    const auto length = d.number(6, 40), width = d.number(4, length), price = d.number(3, 15);
    const auto half = length + width;
    return {std::string(who.name) + " puts a fence around a rectangular bed that is " + str(length) +
                " metres long and " + str(width) + " metres wide. The fence costs $" + str(price) +
                " a metre. What does it cost in all?",
            "Half the way around is " + sum(length, '+', width) + " metres.\nThe whole fence is " +
                sum(half, '*', 2) + " metres long.\nIt costs " + sum(price, '*', half * 2, "$") + ".",
            price * half * 2};
}

MathsProblem average(MathsDraw& d) {
    const auto who = d.person();
    const std::string thing = d.pick({"points", "kilometres", "jars", "minutes", "litres"});
    const auto mean = d.number(12, 60), a = d.number(4, mean + 10), b = d.number(4, mean + 10);
    const auto c = mean * 3 - a - b;
    if (c < 1)
        return average(d);
    return {"In three days " + std::string(who.name) + " counted " + str(a) + ", " + str(b) + " and " +
                str(c) + " " + thing + ". What is the average for a day?",
            "The first two days make " + sum(a, '+', b) + ".\nWith the third day it is " +
                sum(a + b, '+', c) + ".\nThe average is " + sum(mean * 3, '/', 3) + " " + thing + ".",
            mean};
}

MathsProblem bus(MathsDraw& d) {
    const auto start = d.number(18, 50), off = d.number(2, 15), on = d.number(2, 20), last = d.number(1, 12);
    return {"A bus leaves the " + d.place() + " with " + str(start) + " passengers. At the first stop " +
                str(off) + " get off and " + str(on) + " get on. At the second stop " + str(last) +
                " get off and nobody gets " + "on. How many passengers are on the bus now?",
            "After people get off at the first stop there are " + sum(start, '-', off) +
                ".\nWith the new passengers there are " + sum(start - off, '+', on) +
                ".\nAfter the second stop " + sum(start - off + on, '-', last) + " are left.",
            start - off + on - last};
}

MathsProblem profit(MathsDraw& d) {
    const auto who = d.person();
    const std::string thing =
        d.pick({"scarf", "loaf", "clay bowl", "bunch of tulips", "wooden toy", "jar of honey"});
    const auto cost = d.number(2, 12), gain = d.number(1, 9), pieces = d.number(12, 80),
               rent = d.number(5, 11);
    return {"Making a " + thing + " costs " + who.name + " $" + str(cost) + ", and " + who.they +
                " sells it for $" + str(cost + gain) + ". A stall for the day costs $" + str(rent) +
                ". How much does " + who.they + " earn on a day when " + str(pieces) + " are sold?",
            std::string("On each one ") + who.name + " gains " + sum(cost + gain, '-', cost, "$") +
                ".\nOn all of them it is " + sum(gain, '*', pieces, "$") + ".\nAfter paying for the stall " +
                sum(gain * pieces, '-', rent, "$") + " is earned.",
            gain * pieces - rent};
}

MathsProblem paint(MathsDraw& d) {
    const auto walls = d.number(3, 8), area = d.number(8, 24), coats = d.number(2, 3);
    const auto covers = d.number(5, 12);
    const auto total = walls * area * coats, tins = (total + covers - 1) / covers;
    return {"A room in the " + d.place() + " has " + str(walls) + " walls of " + str(area) +
                " square metres. Every wall gets " + str(coats) +
                " coats of paint, and a tin is enough for " + str(covers) +
                " square metres. How many tins must be bought?",
            "One coat covers " + sum(walls, '*', area) + " square metres.\nAll coats together cover " +
                sum(walls * area, '*', coats) + " square metres.\n" + str(tins) + " tins are enough for " +
                sum(tins, '*', covers) + " square metres, and one tin fewer would not do.",
            tins};
}

MathsProblem clock(MathsDraw& d) {
    const auto who = d.person();
    const auto tasks = d.number(3, 9), each = d.number(8, 35), breaks = tasks - 1, pause = d.number(2, 10);
    return {std::string(who.name) + " mends " + str(tasks) +
                d.pick({" clocks", " bicycles", " nets", " shoes"}) + " one after the other. Each takes " +
                str(each) + " minutes, and between two of them " + who.they + " rests for " + str(pause) +
                " minutes. How many minutes pass from beginning to end?",
            "The work takes " + sum(tasks, '*', each) + " minutes.\nThere are " + sum(tasks, '-', 1) +
                " breaks.\nThey take " + sum(breaks, '*', pause) + " minutes.\nAltogether " +
                sum(tasks * each, '+', breaks * pause) + " minutes pass.",
            tasks * each + breaks * pause};
}

MathsProblem difference(MathsDraw& d) {
    const auto first = d.person(), second = d.other_than(first);
    const std::string verb = d.pick({"picks", "sorts", "wraps", "counts", "packs"});
    const std::string thing = d.pick({"cherries", "parcels", "screws", "eggs", "bulbs"});
    const auto a = d.number(20, 70), less = d.number(3, 18), hours = d.number(2, 8);
    return {std::string(first.name) + " " + verb + " " + str(a) + " " + thing + " an hour. " + second.name +
                " manages " + str(less) +
                " fewer in the same time. How many do the two of them manage together in " + str(hours) +
                " hours?",
            std::string(second.name) + " manages " + sum(a, '-', less) + " an hour.\nTogether they manage " +
                sum(a, '+', a - less) + " an hour.\nIn " + str(hours) + " hours that makes " +
                sum(2 * a - less, '*', hours) + " " + thing + ".",
            (2 * a - less) * hours};
}

MathsProblem percent(MathsDraw& d) {
    const auto total = d.number(3, 40) * 20, part = d.number(2, 18) * 5, moved = d.number(1, 9);
    const auto walk = total * part / 100;
    return {"Of the " + str(total) + " people who work at the " + d.place() + ", " + str(part) +
                "% come on foot. All others take the tram. On a rainy day " + str(moved) +
                " of those who walk take the tram too. How many ride the tram on that day?",
            "On foot come " + str(total) + " * " + str(part) + " / 100 = <<" + str(total) + "*" + str(part) +
                "/100=" + str(walk) + ">>" + str(walk) + ".\nNormally " + sum(total, '-', walk) +
                " take the tram.\nOn the rainy day there are " + sum(total - walk, '+', moved) + ".",
            total - walk + moved};
}

} // namespace

const std::array<MathsTemplate, 8> held_out_templates = {fence, average, bus,        profit,
                                                         paint, clock,   difference, percent};

} // namespace moequant
