// The kinds of word problems that calibrate.
#include "core/corpus/maths_words.h"

namespace moequant {
namespace {

// At most one draw stands in an expression: the order in which a compiler evaluates operands is its own.

MathsProblem baskets(MathsDraw& d) {
    const auto who = d.person();
    const std::string fruit = d.pick({"apple", "pear", "plum", "quince", "lemon", "peach", "fig", "apricot"});
    const auto baskets = d.number(3, 14), each = d.number(6, 30), given = d.number(2, baskets * each / 2);
    const auto total = baskets * each;
    const auto place = d.place();
    const std::string to_whom =
        d.pick({" to a neighbour", " to the school kitchen", " away to friends", " to the people next door"});
    return {std::string(who.name) + " fills " + many(baskets, "basket") + " with " + many(each, fruit) +
                " each at the " + place + ". Then " + who.they + " gives " + many(given, fruit) + to_whom +
                ". How many does " + who.they + " have left?",
            "The baskets hold " + sum(baskets, '*', each) + " pieces of fruit.\nAfter giving some away " +
                who.name + " has " + sum(total, '-', given) + " left.",
            total - given};
}

MathsProblem tickets(MathsDraw& d) {
    const auto adults = d.number(2, 9), children = d.number(2, 12), price = d.number(7, 24);
    const auto child = d.number(3, price - 1);
    const auto paid = (adults * price + children * child) / 50 * 50 + 50;
    const auto cost = adults * price + children * child;
    return {"A group of " + many(adults, "adult") + " and " +
                (children == 1 ? "1 child" : str(children) + " children") + " visits the " + d.place() +
                ". An adult ticket costs $" + str(price) + " and a child's ticket $" + str(child) +
                ". They pay with $" + str(paid) + ". How much change do they get?",
            "The adult tickets cost " + sum(price, '*', adults, "$") + ".\nThe children's tickets cost " +
                sum(child, '*', children, "$") + ".\nTogether that is " +
                sum(adults * price, '+', children * child, "$") + ".\nThe change is " +
                sum(paid, '-', cost, "$") + ".",
            paid - cost};
}

MathsProblem reading(MathsDraw& d) {
    const auto who = d.person();
    const auto first = d.number(8, 30), days = d.number(3, 9), more = d.number(2, 15);
    const auto rest_days = d.number(2, 8);
    const auto pages = first * days + (first + more) * rest_days;
    return {std::string(who.name) + " reads " + str(first) + " pages of a novel every day for " + str(days) +
                " days. After that " + who.they + " reads " + str(more) +
                " pages a day more than before and finishes " + "the book in another " + str(rest_days) +
                " days. How many pages does the book have?",
            "In the first " + str(days) + " days " + who.name + " reads " + sum(first, '*', days) +
                " pages.\nThen the daily number is " + sum(first, '+', more) +
                " pages.\nIn the remaining days " + who.they + " reads " + sum(first + more, '*', rest_days) +
                " pages.\nThe book has " + sum(first * days, '+', (first + more) * rest_days) + " pages.",
            pages};
}

MathsProblem wages(MathsDraw& d) {
    const auto who = d.person();
    const auto rate = d.number(11, 32), hours = d.number(4, 9), days = d.number(2, 6),
               cost = d.number(10, 60);
    const auto weekly = hours * days;
    const auto place = d.place();
    const std::string on_what =
        d.pick({" on the train", " on lunch", " on tools", " on bus fares and coffee"});
    return {std::string(who.name) + " works at the " + place + " for " + str(hours) + " hours a day, " +
                str(days) + " days a week, and earns $" + str(rate) + " an hour. Every week " + who.they +
                " spends $" + str(cost) + on_what + ". How much is left of a week's pay?",
            std::string(who.name) + " works " + sum(hours, '*', days) + " hours a week.\nThe pay is " +
                sum(rate, '*', weekly, "$") + ".\nAfter the expenses " + sum(rate * weekly, '-', cost, "$") +
                " is left.",
            rate * weekly - cost};
}

MathsProblem sharing(MathsDraw& d) {
    const std::string thing =
        d.pick({"marble", "sticker", "postcard", "seashell", "button", "stamp", "bead"});
    const auto first = d.person(), second = d.other_than(first);
    const auto people = d.number(3, 9), each = d.number(4, 25);
    const auto total = people * each, own = d.number(5, total - 5);
    return {std::string(first.name) + " has " + many(own, thing) + " and " + second.name + " has " +
                many(total - own, thing) + ". They put them together and share them equally among " +
                str(people) + " children. How many does every child get?",
            "Together they have " + sum(own, '+', total - own) + " pieces.\nEvery child gets " +
                sum(total, '/', people) + ".",
            each};
}

MathsProblem distance(MathsDraw& d) {
    const auto who = d.person();
    const std::string way = d.pick({"cycles", "rows", "rides", "drives"});
    const auto speed = d.number(8, 40), hours = d.number(2, 6), slower = d.number(2, 6),
               second = d.number(1, 5);
    const auto a = speed * hours, b = (speed - slower) * second;
    return {std::string(who.name) + " " + way + " for " + many(hours, "hour") + " at " + str(speed) +
                " kilometres an hour, rests, and then goes on for " + many(second, "hour") +
                " at a speed that is " + str(slower) + " kilometres an hour lower. How far does " + who.they +
                " get in all?",
            "The first part is " + sum(speed, '*', hours) + " kilometres long.\nThe second speed is " +
                sum(speed, '-', slower) + " kilometres an hour.\nThe second part is " +
                sum(speed - slower, '*', second) + " kilometres long.\nAltogether that is " + sum(a, '+', b) +
                " kilometres.",
            a + b};
}

MathsProblem ages(MathsDraw& d) {
    const auto first = d.person(), second = d.other_than(first);
    const auto age = d.number(4, 15), times = d.number(2, 4), years = d.number(2, 20);
    return {std::string(first.name) + " is " + str(times) + " times as old as " + second.name + ", who is " +
                str(age) + " years old. How old will " + first.name + " be in " + str(years) + " years?",
            std::string(first.name) + " is now " + sum(age, '*', times) + " years old.\nIn " + str(years) +
                " years " + first.they + " will be " + sum(age * times, '+', years) + ".",
            age * times + years};
}

MathsProblem recipe(MathsDraw& d) {
    const auto who = d.person();
    const std::string dish =
        d.pick({"a fruit cake", "barley soup", "flat bread", "a berry crumble", "potato pie"});
    const auto people = d.number(2, 5), grams = d.number(6, 24) * 10 * people, times = d.number(2, 5);
    const auto guests = people * times, have = d.number(2, grams / 20) * 10;
    return {"A recipe for " + dish + " serves " + str(people) + " and needs " + str(grams) +
                " grams of flour. " + who.name + " expects " + str(guests) + " people and has " + str(have) +
                " grams of flour in the cupboard. How many grams must " + who.they + " buy?",
            "The recipe has to be made " + sum(guests, '/', people) + " times.\nThat needs " +
                sum(grams, '*', times) + " grams of flour.\nSo " + who.they + " must buy " +
                sum(grams * times, '-', have) + " grams.",
            grams * times - have};
}

MathsProblem discount(MathsDraw& d) {
    const auto who = d.person();
    const std::string thing =
        d.pick({"coat", "lamp", "bicycle helmet", "rucksack", "kettle", "chair", "radio"});
    const auto percent = d.number(1, 9) * 5, price = d.number(2, 18) * 20, pieces = d.number(2, 6);
    const auto off = price * percent / 100, lower = price - off;
    return {"A " + thing + " costs $" + str(price) + ". In the sale it is " + str(percent) + "% cheaper. " +
                who.name + " buys " + str(pieces) + " of them for the " + d.place() + ". What does " +
                who.they + " pay?",
            "The reduction is $" + str(price) + " * " + str(percent) + " / 100 = $<<" + str(price) + "*" +
                str(percent) + "/100=" + str(off) + ">>" + str(off) + ".\nOne costs " +
                sum(price, '-', off, "$") + ".\nAll of them cost " + sum(lower, '*', pieces, "$") + ".",
            lower * pieces};
}

MathsProblem saving(MathsDraw& d) {
    const auto who = d.person();
    const std::string goal =
        d.pick({"a telescope", "a guitar", "a tent", "a sewing machine", "a second-hand piano"});
    const auto weekly = d.number(5, 35), weeks = d.number(4, 16), have = d.number(10, 90);
    const auto price = weekly * weeks + have;
    return {std::string(who.name) + " wants to buy " + goal + " for $" + str(price) + ". So far " + who.they +
                " has saved $" + str(have) + " and puts $" + str(weekly) +
                " aside every week. How many weeks does it take until the money is there?",
            "What is missing is " + sum(price, '-', have, "$") + ".\nThat takes $" + str(price - have) +
                " / $" + str(weekly) + " = <<" + str(price - have) + "/" + str(weekly) + "=" + str(weeks) +
                ">>" + str(weeks) + " weeks.",
            weeks};
}

MathsProblem seats(MathsDraw& d) {
    const auto rows = d.number(8, 24), seats = d.number(10, 28), empty = d.number(5, 60);
    const auto price = d.number(4, 18), total = rows * seats;
    return {"The hall of the " + d.place() + " has " + str(rows) + " rows of " + str(seats) +
                " seats. Tonight " + str(empty) + " seats stay empty, and every visitor has paid $" +
                str(price) + ". How much money was taken?",
            "The hall has " + sum(rows, '*', seats) + " seats.\n" + sum(total, '-', empty) +
                " visitors came.\nThey paid " + sum(price, '*', total - empty, "$") + ".",
            price * (total - empty)};
}

MathsProblem animals(MathsDraw& d) {
    const auto who = d.person();
    const std::string four = d.pick({"goat", "sheep", "cow", "donkey"}),
                      two = d.pick({"hen", "goose", "duck"});
    const auto a = d.number(3, 25), b = d.number(4, 40);
    const auto fours = four == "sheep" ? str(a) + " sheep" : many(a, four);
    const auto twos = two == "goose" ? str(b) + " geese" : many(b, two);
    return {std::string(who.name) + " keeps " + fours + " and " + twos + ". How many legs do " + who.their +
                " animals have together?",
            "The four-legged animals have " + sum(a, '*', 4) + " legs.\nThe birds have " + sum(b, '*', 2) +
                " legs.\nTogether they have " + sum(a * 4, '+', b * 2) + " legs.",
            a * 4 + b * 2};
}

MathsProblem printing(MathsDraw& d) {
    const auto rate = d.number(12, 45), minutes = d.number(5, 20), spoilt = d.number(3, 40);
    const auto pack = d.number(2, 9);
    const auto good = (rate * minutes - spoilt) / pack * pack;
    const auto bad = rate * minutes - good;
    return {"A press prints " + str(rate) + " posters a minute and runs for " + str(minutes) + " minutes. " +
                str(bad) + " posters are spoilt. The good ones are tied in bundles of " + str(pack) +
                ". How many bundles are there?",
            "The press makes " + sum(rate, '*', minutes) + " posters.\nOf these " +
                sum(rate * minutes, '-', bad) + " are good.\nThey make " + sum(good, '/', pack) + " bundles.",
            good / pack};
}

MathsProblem tank(MathsDraw& d) {
    const auto in = d.number(9, 30), out = d.number(2, in - 2), minutes = d.number(6, 30),
               start = d.number(20, 200);
    return {"A tank holds " + str(start) + " litres of water. A pipe brings " + str(in) +
                " litres a minute while a leak loses " + many(out, "litre") +
                " a minute. How much water is in the " + "tank after " + str(minutes) + " minutes?",
            "Every minute the tank gains " + sum(in, '-', out) + " litres.\nIn " + str(minutes) +
                " minutes that is " + sum(in - out, '*', minutes) + " litres.\nThe tank then holds " +
                sum(start, '+', (in - out) * minutes) + " litres.",
            start + (in - out) * minutes};
}

MathsProblem fraction(MathsDraw& d) {
    const auto who = d.person();
    const std::string thing =
        d.pick({"letter", "photograph", "envelope", "seedling", "brick", "candle", "tile"});
    const auto parts = d.number(3, 8), unit = d.number(5, 30), total = parts * unit,
               used = d.number(2, unit * 2);
    return {std::string(who.name) + " has " + many(total, thing) + ". On Monday " + who.they +
                " uses one part in " + str(parts) + " of them, and on Tuesday " + str(used) +
                " more. How many remain?",
            std::string("On Monday ") + who.they + " uses " + sum(total, '/', parts) + ".\nAfter Monday " +
                sum(total, '-', unit) + " remain.\nAfter Tuesday " + sum(total - unit, '-', used) +
                " remain.",
            total - unit - used};
}

MathsProblem shelves(MathsDraw& d) {
    const auto shelves = d.number(4, 12), books = d.number(15, 40), thick = d.number(2, 4),
               boxes = d.number(3, 9);
    const auto total = shelves * books, per_box = total / boxes, rest = total - per_box * boxes;
    return {"The " + d.place() + " moves " + str(shelves) + " shelves with " + str(books) +
                " books each, every book " + str(thick) + " centimetres thick. The books are spread over " +
                str(boxes) +
                " boxes so that each holds the same number and as few as possible are left over. How many "
                "books are " +
                "left over?",
            "There are " + sum(shelves, '*', books) + " books.\nA box takes " + str(per_box) +
                " books, so the boxes " + "take " + sum(per_box, '*', boxes) + ".\n" +
                sum(total, '-', per_box * boxes) + " are left over. How thick they are does not matter.",
            rest};
}

} // namespace

const std::array<MathsTemplate, 16> calibration_templates = {
    baskets,  tickets, reading, wages,   sharing,  distance, ages,     recipe,
    discount, saving,  seats,   animals, printing, tank,     fraction, shelves};

} // namespace moequant
