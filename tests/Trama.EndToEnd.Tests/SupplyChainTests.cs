using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>What ships is what the lock files name, and is listed with its licences.</summary>
public class SupplyChainTests
{
    // Another licence than MIT is a decision for each package.
    private static readonly Dictionary<string, string> s_otherLicences = new()
    {
        ["ModelContextProtocol.Core"] = "Apache-2.0",
        ["NATS.Client.Abstractions"] = "Apache-2.0",
        ["NATS.Client.Core"] = "Apache-2.0",
        ["NATS.Client.JetStream"] = "Apache-2.0",
        ["NATS.Client.KeyValueStore"] = "Apache-2.0",
        ["NATS.NKeys"] = "Apache-2.0",
    };

    [Fact]
    public void Every_package_that_ships_is_listed_with_its_version_and_licence()
    {
        string[] rows = [.. File.ReadLines(Path.Combine(TestData.Root, "THIRD-PARTY.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2)];
        Assert.Equal(Locked().Order(), rows.Select(row => row.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => $"{cells[1]} {cells[2]}").Order());
        Assert.All(rows.Select(row => row.Split('|', StringSplitOptions.TrimEntries)),
            cells => Assert.Equal(LicenceOf(cells[1]), cells[3]));
    }

    [Theory, InlineData("trama"), InlineData("trama-hub"), InlineData("trama-mcp")]
    public async Task The_bill_of_materials_has_every_package_with_its_hash_and_licence(string program)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            TestData.Program("python3"), [Path.Combine(TestData.Root, "eng", "sbom"), "--of", program]);
        Assert.Equal("", ended.Errors);
        JsonElement bill = JsonDocument.Parse(ended.Output).RootElement;
        Assert.Equal("SPDX-2.3", bill.GetProperty("spdxVersion").GetString());
        JsonElement[] packages = [.. bill.GetProperty("packages").EnumerateArray()
            .Where(package => package.GetProperty("name").GetString() != program)];
        bool IsOf(string folder) => folder switch
        {
            "Trama.Browser" => false,
            "Trama.Hub" => program == "trama-hub",
            "Trama.Mcp" => program == "trama-mcp",
            _ => program == "trama",
        };
        Assert.Superset(Locked(IsOf).ToHashSet(), packages.Select(
            package => $"{package.GetProperty("name")} {package.GetProperty("versionInfo")}").ToHashSet());
        Assert.Equal(program == "trama-mcp", packages.Any(package =>
            package.GetProperty("name").GetString() == "ModelContextProtocol.Core"));
        Assert.All(packages, package => Assert.Equal(128, package.GetProperty("checksums")[0].GetProperty("checksumValue")
            .GetString()!.Length));
        Assert.All(packages, package => Assert.Equal(LicenceOf(package.GetProperty("name").GetString()!),
            package.GetProperty("licenseDeclared").GetString()));
        Assert.Equal(packages.Length + 1, bill.GetProperty("relationships").GetArrayLength());
    }

    private static string LicenceOf(string package) => s_otherLicences.GetValueOrDefault(package, "MIT");

    // Those of one kind of machine bring the same code for it. The page for the browser alone, trama-hub and trama-mcp are no part of
    // trama.
    private static IEnumerable<string> Locked(Predicate<string>? isMeant = null) =>
        Directory.EnumerateFiles(Path.Combine(TestData.Root, "src"), "packages.lock.json", SearchOption.AllDirectories)
        .Where(path => isMeant?.Invoke(Path.GetFileName(Path.GetDirectoryName(path))!) != false)
        .SelectMany(path => JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("dependencies").EnumerateObject())
        .SelectMany(framework => framework.Value.EnumerateObject())
        .Where(package => package.Value.GetProperty("type").GetString() != "Project"
            && !package.Name.StartsWith("runtime.", StringComparison.Ordinal))
        .Select(package => $"{package.Name} {package.Value.GetProperty("resolved").GetString()}").Distinct();
}
