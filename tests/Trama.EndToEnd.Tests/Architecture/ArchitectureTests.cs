using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Trama.EndToEnd.Tests.Architecture;

/// <summary>Holds the table "project, may reference" of the design against the project files.</summary>
public class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["Trama.Packets"] = [],
        ["Trama.Captures"] = ["Trama.Packets"],
        ["Trama.Dump"] = ["Trama.Packets"],
        ["Trama.Dump.Protocols"] = ["Trama.Packets", "Trama.Dump"],
        ["Trama.Framing"] = [],
        ["Trama.Tracing"] = ["Trama.Packets", "Trama.Framing"],
        ["Trama.Diagnosis"] = ["Trama.Tracing"],
        ["Trama.Reports"] = ["Trama.Tracing", "Trama.Diagnosis"],
        ["Trama.Rows"] = ["Trama.Tracing", "Trama.Diagnosis"],
        ["Trama.Web"] = ["Trama.Captures", "Trama.Tracing", "Trama.Reports"],
        ["Trama.Browser"] = ["Trama.Captures", "Trama.Tracing", "Trama.Reports"],
        ["Trama.View"] = ["Trama.Reports", "Trama.Tracing", "Trama.Captures"],
        ["Trama.Fleet"] = ["Trama.Rows", "Trama.Reports", "Trama.Captures"],
        ["Trama.Peers"] = ["Trama.Framing"],
        ["Trama.Processes"] = [],
        ["Trama.Namespaces"] = [],
        ["Trama.Lab"] = ["Trama.Packets", "Trama.Captures", "Trama.Namespaces"],
        ["Trama.Replay"] =
        [
            "Trama.Packets", "Trama.Captures", "Trama.Framing", "Trama.Tracing", "Trama.Diagnosis", "Trama.Peers", "Trama.Lab",
        ],
        ["Trama.Run"] = ["Trama.Packets", "Trama.Captures", "Trama.Processes", "Trama.Namespaces"],
        ["Trama.Scrubbing"] = ["Trama.Packets", "Trama.Captures", "Trama.Framing", "Trama.Tracing", "Trama.Diagnosis"],
        ["Trama.KeyLogging"] = [],
        ["Trama.Testing"] =
        [
            "Trama.Captures", "Trama.Tracing", "Trama.Diagnosis", "Trama.Reports", "Trama.Peers", "Trama.Replay",
        ],
        ["Trama.Cli"] =
        [
            "Trama.Packets", "Trama.Captures", "Trama.Dump", "Trama.Dump.Protocols", "Trama.Framing", "Trama.Tracing", "Trama.Diagnosis",
            "Trama.Reports", "Trama.Rows", "Trama.Fleet",
            "Trama.Web", "Trama.View", "Trama.Peers", "Trama.Lab", "Trama.Processes", "Trama.Namespaces", "Trama.Run", "Trama.Replay",
            "Trama.Scrubbing", "Trama.KeyLogging",
        ],
        ["Trama.Hub"] = ["Trama.Captures", "Trama.Diagnosis", "Trama.Reports", "Trama.Rows", "Trama.Fleet"],
        ["Trama.Mcp"] =
        [
            "Trama.Captures", "Trama.Framing", "Trama.Tracing", "Trama.Diagnosis", "Trama.Reports", "Trama.Rows", "Trama.Scrubbing",
        ],
    };

    // Packages are named here too: one more must be a decision, not an accident.
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Trama.Captures"] = ["ZstdSharp.Port"],
        ["Trama.Framing"] = ["ZstdSharp.Port"],
        ["Trama.Rows"] = ["ZstdSharp.Port"],
        ["Trama.Fleet"] = ["ZstdSharp.Port"],
        ["Trama.Browser"] = ["BouncyCastle.Cryptography"],
        ["Trama.Cli"] = ["System.CommandLine", "YamlDotNet"],
        ["Trama.Hub"] = ["NATS.Client.JetStream", "NATS.Client.KeyValueStore"],
        ["Trama.Mcp"] = ["ModelContextProtocol.Core"],
    };

    public static TheoryData<string> Projects => [.. MayReference.Keys];

    private static readonly string Source = Path.Combine(TestData.Root, "src");

    [Theory, MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_design_allows(string project)
    {
        var file = XDocument.Load(Directory.EnumerateFiles(Source, project + ".csproj", SearchOption.AllDirectories).Single());
        Assert.Empty(References(file, "ProjectReference").Select(Path.GetFileNameWithoutExtension).Except(MayReference[project]));
        Assert.Empty(References(file, "PackageReference").Except(MayUse.GetValueOrDefault(project, [])));
    }

    [Fact]
    public void Every_project_is_in_the_table()
    {
        IEnumerable<string?> projects = Directory.EnumerateFiles(Source, "*.csproj", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(MayReference.Keys.Order(), projects.Order());
    }

    [Fact]
    public void Native_calls_and_unsafe_code_have_one_room()
    {
        IEnumerable<string> outside = SourceFiles().Where(path => !path.Contains("/Native/", StringComparison.Ordinal)
            && Regex.IsMatch(File.ReadAllText(path), @"\[(LibraryImport|DllImport)|\bextern\b|^(?!\s*//).*\bunsafe\b",
                RegexOptions.Multiline));
        Assert.Empty(outside.Select(path => Path.GetRelativePath(TestData.Root, path)));
    }

    [Theory, InlineData("src"), InlineData("eng"), InlineData("bench")]
    public void Lines_stay_within_140_columns(string folder)
    {
        string within = Path.Combine(TestData.Root, folder);
        IEnumerable<string> wide = CodeFiles(within).Concat(CodeFiles(within, "*.js")).SelectMany(path => File.ReadLines(path)
            .Index().Where(line => line.Item.Length > 140).Select(line => $"{Path.GetRelativePath(TestData.Root, path)}:{line.Index + 1}"));
        Assert.Empty(wide);
    }

    // What the build does not see of a file's form.
    [Theory, InlineData("src"), InlineData("tests"), InlineData("eng"), InlineData("bench")]
    public void Code_is_lines_that_all_end_alike(string folder)
    {
        IEnumerable<string> otherwise = CodeFiles(Path.Combine(TestData.Root, folder)).Where(path =>
        {
            byte[] bytes = File.ReadAllBytes(path);
            return !bytes.AsSpan().EndsWith("\n"u8) || bytes.Contains((byte)'\r') || bytes.AsSpan().StartsWith("\ufeff"u8)
                || Regex.IsMatch(File.ReadAllText(path), @"^\s*//.*[ \t]$", RegexOptions.Multiline);
        });
        Assert.Empty(otherwise.Select(path => Path.GetRelativePath(TestData.Root, path)));
    }

    [Fact]
    public void Links_between_the_documents_lead_somewhere()
    {
        foreach (string document in (string[])["README.md", "README.pt-BR.md", "CONTRIBUTING.md"])
        {
            string text = File.ReadAllText(Path.Combine(TestData.Root, document));
            foreach (Match link in Regex.Matches(text, @"\]\((?!http)([^)#]+)\)"))
                Assert.True(Path.Exists(Path.Combine(TestData.Root, link.Groups[1].Value)), $"{document} links to {link.Groups[1].Value}");
        }
    }

    private static IEnumerable<string> SourceFiles() => CodeFiles(Source);

    private static IEnumerable<string> CodeFiles(string folder, string pattern = "*.cs") => Directory
        .EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Where(path => !path.Contains("/obj/", StringComparison.Ordinal)
            && !path.Contains("/bin/", StringComparison.Ordinal));

    private static IEnumerable<string> References(XDocument project, string element) =>
        project.Descendants(element).Select(reference => (string?)reference.Attribute("Include") ?? "");
}
