using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Trama.Diagnosis.Tests;

/// <summary>
/// Every number that a rule compares with, its value and its reason, as they stand in the code: the table of docs/findings.md.
/// </summary>
internal static partial class ThresholdTable
{
    /// <summary>The table in Markdown, each line ended by LF; a constant without a comment is no threshold.</summary>
    public static string Write()
    {
        var table = new StringBuilder("| of | name | value | why |\n| --- | --- | --- | --- |\n");
        string root = Path.Combine(TestData.Root, "src/Meaning/Trama.Diagnosis");
        foreach (string file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (file.Contains("/obj/", StringComparison.Ordinal)) continue;
            string name = Path.GetFileNameWithoutExtension(file);
            foreach (Match constant in Constant.Matches(File.ReadAllText(file)))
            {
                string why = string.Join(' ', constant.Groups[1].Value.Split('\n').Select(line => line.Trim(' ', '/'))
                    .Where(line => line.Length > 0));
                table.Append(CultureInfo.InvariantCulture, $"| {name} | `{constant.Groups[2].Value}` | "
                    + $"{Value(name, constant.Groups[2].Value)} | {why} |\n");
            }
        }

        return table.ToString();
    }

    private static string Value(string type, string name)
    {
        FieldInfo field = typeof(Diagnoser).Assembly.GetTypes().Single(t => t.Name == type)
            .GetField(name, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;
        string value = Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)!;
        if (name.EndsWith("Ns", StringComparison.Ordinal)) return (long.Parse(value, CultureInfo.InvariantCulture) / 1e6)
            .ToString("0.##", CultureInfo.InvariantCulture) + " ms";
        return name.EndsWith("Bytes", StringComparison.Ordinal) ? value + " bytes" : value;
    }

    [GeneratedRegex(@"/// <summary>((?:[^<]|<(?!/summary>))*)</summary>\n    (?:private|public) const \w+ (\w+) =")]
    private static partial Regex Constant { get; }
}
