using System.Diagnostics;

namespace Trama.Hub.Tests;

/// <summary>The short form of <c>eng/soak-fleet</c>.</summary>
public sealed class SoakTests(Rows.Tests.InstalledDuckdb duckdb) : IClassFixture<Rows.Tests.InstalledDuckdb>
{
    [Theory]
    [InlineData("hubs", "18")]
    [InlineData("brokers", "12")]
    public async Task A_store_has_each_row_once_whatever_is_killed_stopped_and_erased(string half, string seconds)
    {
        TestData.Program("nats-server");
        Assert.NotNull(duckdb);
        // Rows, sensors, seconds in which they would be sent, how long is waited for each thing, and what is in trouble.
        string program = Path.Combine(AppContext.BaseDirectory, "Trama.Fleet.Soak");
        using Process soak = Process.Start(new ProcessStartInfo(program, ["8000", "4", seconds, "180", half])
        {
            RedirectStandardOutput = true,
        })!;
        string said = await soak.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await soak.WaitForExitAsync(TestContext.Current.CancellationToken);
        TestContext.Current.SendDiagnosticMessage(said);
        Assert.True(soak.ExitCode == 0, said);
        Assert.Matches("journals and tables [^\n]*: 8000 different rows, 0 of them twice", said);
        Assert.Matches("tables alone [^\n]*: 8000 different rows, 0 of them twice", said);
    }
}
