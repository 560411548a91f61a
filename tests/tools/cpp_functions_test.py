# SPDX-License-Identifier: GPL-3.0-or-later
import unittest

import project_folder  # noqa: F401  makes tools/ importable
from cpp_functions import functions
from cpp_tokens import UnreadableSource


def found(source):
    """(name, lines, parameters) of each function."""
    return [(f.name, f.lines, f.parameters) for f in functions(source)]


class CppFunctionsTest(unittest.TestCase):
    def test_free_functions_and_members(self):
        source = """
namespace aisle::core {
class Row final : public Base<Row, int> {
 public:
  int size() const noexcept { return size_; }
  bool operator==(const Row& other) const { return true; }
  auto operator()(int a, int b) -> std::map<int, int> {
    return {};
  }
 private:
  int size_{0};
  std::function<void(int, int)> done_{[](int, int) {}};
};
Row::~Row() { }
std::vector<int> Row::All(std::map<int, std::pair<int, int>> a = {}, int b = 1) {
  return {};
}
}  // namespace aisle::core
"""
        self.assertEqual(
            found(source),
            [
                ("size", 1, 0),
                ("operator ==", 1, 1),
                ("operator ( )", 3, 2),
                ("Row::~Row", 1, 0),
                ("Row::All", 3, 2),
            ],
        )

    def test_constructor_with_braced_members(self):
        source = "A::A(int x)\n    : Base<int>{x}, a_(x), b_{x, {1}} {\n  Go();\n}\nvoid Next() {}\n"
        self.assertEqual(found(source), [("A::A", 4, 1), ("Next", 1, 0)])

    def test_template_and_requires(self):
        source = """
template <typename T, typename U = std::pair<T, int>>
  requires(sizeof(T) > 1 && std::integral<U>)
void Fill(T a, U b) {
}
template <typename T>
concept Cursor = requires(T t) { { t.doc() } -> std::same_as<int>; t.next(); };
template <typename T> requires requires(T t) { t.go(); } void Go(T t) {
}
"""
        self.assertEqual(found(source), [("Fill", 4, 2), ("Go", 2, 1)])

    def test_macros_before_after_and_as_function(self):
        source = """
TEST_F(JournalTest, ReplaysAfterCrash) {
  int a[] = {1, 2};
}
class ABSL_LOCKABLE Lock {
  void Take(int a) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { }
};
ABSL_ATTRIBUTE(x) void After(int a, int b, int c) { }
MATCHER_P6(Holds, a, b, c, d, e, f, "") { return true; }
"""
        self.assertEqual(
            found(source),
            [("JournalTest.ReplaysAfterCrash", 3, 0), ("Take", 1, 1), ("After", 1, 3),
             ("Holds.a.b.c.d.e.f", 1, 0)],
        )

    def test_lambdas_belong_to_their_function_and_named_ones_count(self):
        source = """
void Run() {
  auto f = [](int a, int b, int c, int d, int e, int f) {
    if (a) { b = 1; }
  };
}
const auto kMake = [](int a) -> int {
  return a;
};
const std::vector<int> kTable = {
  1, 2, 3,
};
"""
        self.assertEqual(found(source), [("Run", 5, 0), ("kMake", 3, 1)])

    def test_both_branches_of_a_condition_are_read(self):
        source = """
#if defined(A)
int F(int a) {
#else
int F(int a, int b) {
#endif
  return 0;
}
#ifdef B
void G() { }
#else
void H() { }
#endif
"""
        self.assertEqual(found(source), [("F", 4, 2), ("G", 1, 0), ("H", 1, 0)])

    def test_braces_in_literals_and_comments_do_not_count(self):
        source = 'void F() {\n  Log("}{{");\n  // }\n  char c = \'}\';\n  auto s = R"(}}})";\n}\n'
        self.assertEqual(found(source), [("F", 6, 0)])

    def test_pure_virtual_declarations_count_their_parameters(self):
        source = "class A {\n  virtual void F(int a, int b,\n    int c) const = 0;\n  void G(int a);\n};\n"
        self.assertEqual([(f.name, f.parameters, f.defined) for f in functions(source)], [("F", 3, False)])

    def test_void_means_no_parameter_and_extern_c_is_a_scope(self):
        source = 'extern "C" {\nint f(void) { return 0; }\n}\nextern "C" int g(int a) { return a; }\n'
        self.assertEqual(found(source), [("f", 1, 0), ("g", 1, 1)])

    def test_braces_that_do_not_balance_are_an_error(self):
        for source in ("void F() {\n", "void F() { } }\n", "int a[] = { (1 };\n"):
            with self.assertRaises(UnreadableSource):
                functions(source)


if __name__ == "__main__":
    unittest.main()
