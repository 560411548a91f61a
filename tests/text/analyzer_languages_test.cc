// SPDX-License-Identifier: GPL-3.0-or-later
//
// Words as shops write them, language by language.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/text/analysis.h"
#include "text/analyzer.h"

namespace aisle {
namespace {

using ::testing::ElementsAre;

TEST(AnalyzerLanguagesTest, English) {
  EXPECT_THAT(Stems("en", "women's womens women WOMEN"),
              ElementsAre("women", "women", "women", "women"));
  EXPECT_THAT(Stems("en", "dresses dress batteries battery cleaning"),
              ElementsAre("dress", "dress", "batteri", "batteri", "clean"));
  EXPECT_EQ(Stems("en", "résumé café"), Stems("en", "resume cafe"));
}

TEST(AnalyzerLanguagesTest, German) {
  EXPECT_THAT(Words("de", "Fußbälle für Mädchen, Größe 42"),
              ElementsAre("fussballe", "fur", "madchen", "grosse", "42"));
  EXPECT_EQ(Stems("de", "Häuser Schuhe große"), Stems("de", "haus schuh GROSSE"));
  EXPECT_EQ(Stems("de-AT", "Stühle"), Stems("de_CH", "Stuhl"));
}

TEST(AnalyzerLanguagesTest, French) {
  EXPECT_THAT(Words("fr", "L'homme d’été aujourd'hui qu'il jusqu’à"),
              ElementsAre("homme", "ete", "aujourdhui", "il", "a"));
  EXPECT_EQ(Stems("fr", "chaussures élégantes légères"), Stems("fr", "chaussure élégante légère"));
  EXPECT_EQ(Words("fr", "cœur ÉLÉGANT"), Words("fr", "coeur elegant"));
}

TEST(AnalyzerLanguagesTest, Spanish) {
  EXPECT_THAT(Words("es", "Niños, camión y bañador ¿qué?"),
              ElementsAre("ninos", "camion", "y", "banador", "que"));
  EXPECT_EQ(Stems("es", "habitaciones zapatillas camiones"),
            Stems("es", "habitación zapatilla camión"));
}

TEST(AnalyzerLanguagesTest, Italian) {
  EXPECT_THAT(Words("it", "dell'uomo un'amica l’orologio c'è"),
              ElementsAre("uomo", "amica", "orologio", "e"));
  EXPECT_EQ(Stems("it", "scarpe"), Stems("it", "scarpa"));
}

TEST(AnalyzerLanguagesTest, Catalan) {
  EXPECT_THAT(Words("ca", "col·lecció l'home"), ElementsAre("colleccio", "home"));
  EXPECT_EQ(Words("ca", "co\u0140lecció"), Words("ca", "col·lecció"));
}

TEST(AnalyzerLanguagesTest, Portuguese) {
  EXPECT_THAT(Words("pt", "Calções à mão"), ElementsAre("calcoes", "a", "mao"));
  EXPECT_EQ(Stems("pt", "sapatos"), Stems("pt", "sapato"));
}

TEST(AnalyzerLanguagesTest, Romanian) {
  // The letters with a comma below and those with a cedilla are one letter.
  EXPECT_EQ(Stems("ro", "ro\u021Bi \u0219osete"), Stems("ro", "ro\u0163i \u015Fosete"));
  EXPECT_THAT(Words("ro", "\u0219osete"), ElementsAre("sosete"));
}

TEST(AnalyzerLanguagesTest, TurkishDotlessI) {
  EXPECT_THAT(Words("tr", "IŞIK ışık İSTANBUL istanbul"),
              ElementsAre("isik", "isik", "istanbul", "istanbul"));
  EXPECT_EQ(Stems("tr", "IŞIKLAR KİTAPLARI"), Stems("tr", "ışık kitap"));
  EXPECT_EQ(Words("en", "İstanbul"), Words("en", "istanbul"));
}

TEST(AnalyzerLanguagesTest, NordicLetters) {
  EXPECT_THAT(Words("da", "Børnetøj Ærø Ålborg"), ElementsAre("bornetoj", "aero", "alborg"));
  EXPECT_EQ(Stems("sv", "byxor"), Stems("sv", "byxorna"));
  EXPECT_EQ(Stems("nb", "lamper"), Stems("no", "lampe"));
}

TEST(AnalyzerLanguagesTest, Russian) {
  EXPECT_THAT(Words("ru", "ЁЛКА красный Кроссо́вки"), ElementsAre("елка", "красный", "кроссовки"));
  EXPECT_EQ(Stems("ru", "красные кроссовки"), Stems("ru", "красный кроссовка"));
}

TEST(AnalyzerLanguagesTest, UkrainianKeepsItsLetters) {
  EXPECT_THAT(Words("uk", "м'яч М’ЯЧ їжак йод"), ElementsAre("мяч", "мяч", "їжак", "йод"));
}

TEST(AnalyzerLanguagesTest, Greek) {
  EXPECT_THAT(Words("el", "ΠΑΠΟΎΤΣΙΑ παπούτσια άντρας"),
              ElementsAre("παπουτσια", "παπουτσια", "αντρασ"));
}

TEST(AnalyzerLanguagesTest, Arabic) {
  EXPECT_THAT(Words("ar", "أَحْذِيَة إلكترونيات حـــذاء"), ElementsAre("احذية", "الكترونيات", "حذاء"));
  EXPECT_THAT(Words("ar", "١٫٥ لتر ٢٠٢٤"), ElementsAre("1.5", "لتر", "2024"));
  EXPECT_EQ(Stems("ar", "الكتاب"), Stems("ar", "كتاب"));
}

TEST(AnalyzerLanguagesTest, PersianLettersMeetArabicOnes) {
  EXPECT_EQ(Words("fa", "کتابی"), Words("ar", "كتابي"));
}

TEST(AnalyzerLanguagesTest, HebrewPointsVanish) {
  EXPECT_THAT(Words("he", "נַעֲלַיִם"), ElementsAre("נעלים"));
}

TEST(AnalyzerLanguagesTest, HindiKeepsItsVowelSigns) {
  EXPECT_THAT(Words("hi", "जूते १२"), ElementsAre("जूते", "12"));
}

TEST(AnalyzerLanguagesTest, Vietnamese) {
  EXPECT_THAT(Words("vi", "Giày Thể Thao Đẹp"), ElementsAre("giay", "the", "thao", "dep"));
}

TEST(AnalyzerLanguagesTest, Thai) {
  EXPECT_THAT(Words("th", "ภาษาไทย"), ElementsAre("ภาษา", "ไทย"));
  EXPECT_THAT(Words("th", "รองเท้าวิ่ง 42"), ElementsAre("รองเท้า", "วิ่ง", "42"));
  EXPECT_THAT(Words("th", "น้ำหอม"), ElementsAre("น้ำหอม"));
  EXPECT_THAT(Words("en", "iPhone ภาษาไทย"), ElementsAre("iphone", "ภาษา", "ไทย"));
}

TEST(AnalyzerLanguagesTest, KhmerAndLao) {
  EXPECT_THAT(Words("lo", "ພາສາລາວ"), ElementsAre("ພາສາ", "ລາວ"));
  EXPECT_THAT(Words("km", "ស្បែកជើង\u200Bអាវ"), ::testing::Contains("អាវ"));
}

TEST(AnalyzerLanguagesTest, Chinese) {
  EXPECT_THAT(Words("zh", "iPhone手机壳"), ElementsAre("iphone", "手机", "壳"));
  EXPECT_THAT(Words("zh", "运动鞋，红色！65寸"), ElementsAre("运动", "鞋", "红色", "65", "寸"));
}

TEST(AnalyzerLanguagesTest, Japanese) {
  EXPECT_THAT(Words("ja", "ノートパソコン用ケース 15.6インチ"),
              ElementsAre("ノート", "パソコン", "用", "ケース", "15.6", "インチ"));
  EXPECT_EQ(Words("ja", "ｹｰｽ"), Words("ja", "ケース"));
  EXPECT_THAT(Words("ja", "ガラス"), ElementsAre("ガラス"));  // voicing marks are no accents
}

TEST(AnalyzerLanguagesTest, Korean) {
  EXPECT_THAT(Words("ko", "삼성TV 65인치 냉장고"),
              ElementsAre("삼성", "tv", "65", "인치", "냉장고"));
  EXPECT_EQ(Words("ko", "\u1109\u1161\u11B7"), Words("ko", "삼"));  // jamo compose
}

}  // namespace
}  // namespace aisle
