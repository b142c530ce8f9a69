using System.Reflection;
using PublicApiGenerator;

namespace Trama.EndToEnd.Tests.Architecture;

/// <summary>Holds what the libraries that are packages show to others against the files that were agreed on.</summary>
public class PublicApiTests
{
    private static readonly ApiGeneratorOptions s_options = new()
    {
        IncludeAssemblyAttributes = false,
        ExcludeAttributes = ["System.Runtime.CompilerServices.InlineArrayAttribute"],
    };

    // What Trama.Testing needs besides is public for it alone, and no promise.
    [Theory, InlineData("Trama.Packets"), InlineData("Trama.Captures"), InlineData("Trama.Framing"), InlineData("Trama.Tracing"),
        InlineData("Trama.Diagnosis"), InlineData("Trama.Testing")]
    public void What_is_public_changes_on_purpose_only(string library)
    {
        string file = Path.Combine(Path.GetDirectoryName(Directory.EnumerateFiles(Path.Combine(TestData.Root, "src"), library + ".csproj",
            SearchOption.AllDirectories).Single())!, "PublicApi.txt");
        string actual = Assembly.Load(library).GeneratePublicApi(s_options).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("TRAMA_REFRESH_GOLDEN") == "1") File.WriteAllText(file, actual);
        Assert.True(File.ReadAllText(file) == actual,
            $"what {library} shows to others is not {file} any more: run this test with TRAMA_REFRESH_GOLDEN=1, and look at what changed");
    }
}
