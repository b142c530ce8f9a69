namespace Trama.Dump.Protocols.Tests.Reference;

/// <summary>
/// Every reference capture, printed in every way that tcpdump's output is kept of. <c>expected/identical.txt</c> lists what is
/// byte-identical; <c>dotnet run --project eng/Trama.Dump.Diff -- --refresh</c> writes it anew.
/// </summary>
public class ReferenceTests
{
    [Theory]
    [InlineData("n")]
    [InlineData("nv")]
    [InlineData("nS")]
    [InlineData("ne")]
    [InlineData("nX")]
    public void What_was_byte_identical_to_tcpdump_stays_so(string name)
    {
        string folder = TestData.Shared("captures");
        Variant variant = Variant.All.Single(candidate => candidate.Name == name);
        HashSet<string> kept = IdenticalList.Read(TestData.Root);
        var tally = new Tally();
        var lost = new List<string>();
        foreach (string capture in Comparison.CapturesIn(folder))
        {
            if (Comparison.Make(capture, variant) is not { } comparison) continue;
            tally.Add(comparison);
            if (!comparison.IsIdentical && kept.Contains(IdenticalList.Entry(comparison))) lost.Add(comparison.Id);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(tally.ToString());
        Assert.Empty(lost);
    }
}
