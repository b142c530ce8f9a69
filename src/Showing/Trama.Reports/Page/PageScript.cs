using System.Text;
using System.Text.RegularExpressions;

namespace Trama.Reports.Page;

/// <summary>
/// The modules of the page as one classic script, for a page that is opened as a file, where a browser loads no modules. Each module
/// becomes a function that gives what it exports; of the language of modules, they use <c>import { a, b } from './file.js';</c> on one
/// line and <c>export</c> before a declaration, and none imports one that imports it.
/// </summary>
internal static partial class PageScript
{
    /// <summary>The script of a module and all that it imports.</summary>
    /// <param name="entry">The path of the module, which runs last.</param>
    public static string Of(string entry)
    {
        var script = new StringBuilder("'use strict';\n");
        Add(script, entry, []);
        return script.ToString();
    }

    private static void Add(StringBuilder script, string path, HashSet<string> added)
    {
        if (!added.Add(path)) return;
        string source = Encoding.UTF8.GetString(PageFiles.Find(path)!.Bytes.Span);
        foreach (Match import in Imports().Matches(source)) Add(script, '/' + import.Groups["file"].Value + ".js", added);
        string exported = string.Join(", ", Exports().Matches(source).Select(export => export.Groups["name"].Value));
        source = Imports().Replace(source, import => $"const {{ {import.Groups["names"].Value} }} = ${import.Groups["file"].Value};");
        source = Exports().Replace(source, export => export.Groups["declared"].Value + export.Groups["name"].Value);
        script.Append($"const ${path[1..^3]} = (() => {{\n{source}\nreturn {{ {exported} }};\n}})();\n");
    }

    [GeneratedRegex(@"^import \{ (?<names>[^}]*) \} from '\./(?<file>\w+)\.js';$", RegexOptions.Multiline)]
    private static partial Regex Imports();

    [GeneratedRegex(@"^export (?<declared>(async )?(function|const|class) )(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Exports();
}
