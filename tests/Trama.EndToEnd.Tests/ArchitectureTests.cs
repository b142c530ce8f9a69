using System.Xml.Linq;

namespace Trama.EndToEnd.Tests;

/// <summary>Holds the table "project, may reference" of the design against the project files.</summary>
public class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["Trama.Packets"] = [],
        ["Trama.Captures"] = ["Trama.Packets"],
        ["Trama.Dump"] = ["Trama.Packets"],
        ["Trama.Framing"] = [],
        ["Trama.Tracing"] = ["Trama.Packets", "Trama.Framing"],
        ["Trama.Reports"] = ["Trama.Tracing"],
        ["Trama.Peers"] = ["Trama.Framing"],
        ["Trama.Cli"] =
        [
            "Trama.Packets", "Trama.Captures", "Trama.Dump", "Trama.Framing", "Trama.Tracing", "Trama.Reports", "Trama.Peers",
        ],
    };

    // Packages are named here too: one more must be a decision, not an accident.
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Trama.Captures"] = ["ZstdSharp.Port"],
        ["Trama.Reports"] = ["Spectre.Console"],
        ["Trama.Cli"] = ["System.CommandLine", "Spectre.Console"],
    };

    public static TheoryData<string> Projects => [.. MayReference.Keys];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_design_allows(string project)
    {
        var file = XDocument.Load(Path.Combine(TestData.Root, "src", project, project + ".csproj"));
        Assert.Empty(References(file, "ProjectReference").Select(Path.GetFileNameWithoutExtension).Except(MayReference[project]));
        Assert.Empty(References(file, "PackageReference").Except(MayUse.GetValueOrDefault(project, [])));
    }

    [Fact]
    public void Every_project_is_in_the_table()
    {
        IEnumerable<string?> folders = Directory.GetDirectories(Path.Combine(TestData.Root, "src")).Select(Path.GetFileName);
        Assert.Equal(MayReference.Keys.Order(), folders.Order());
    }

    [Fact]
    public void Only_the_native_folder_and_the_name_lookups_hold_unsafe_code()
    {
        IEnumerable<string> outside = Directory.EnumerateFiles(Path.Combine(TestData.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(path => XDocument.Load(path).Descendants("AllowUnsafeBlocks").Any(element => element.Value == "true"))
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Except(["Trama.Captures", "Trama.Dump", "Trama.Cli"]);
        Assert.Empty(outside);
    }

    private static IEnumerable<string> References(XDocument project, string element) =>
        project.Descendants(element).Select(reference => (string?)reference.Attribute("Include") ?? "");
}
