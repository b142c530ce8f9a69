namespace Trama.EndToEnd.Tests;

/// <summary><c>--parquet</c> and <c>--csv</c> of the whole command; what the tables hold is tested beside them.</summary>
public sealed class RowsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--parquet", ".parquet")]
    [InlineData("--csv", ".csv")]
    public async Task A_table_that_is_left_from_an_earlier_trace_is_told(string option, string extension)
    {
        string rows = _folder["rows"], packets = Path.Combine(rows, "packets" + extension);
        Assert.Equal(new TramaProcess.Ended(0, "", ""),
            await TramaProcess.RunAsync(["trace", Captures.Lesson, option, rows, "--packets"]));
        byte[] before = await File.ReadAllBytesAsync(packets, TestContext.Current.CancellationToken);
        string line = $"trama: {packets} is of an earlier trace: --packets writes it anew\n";
        Assert.Equal(new TramaProcess.Ended(0, "", line), await TramaProcess.RunAsync(["trace", Captures.Lesson, option, rows]));
        Assert.Equal(before, await File.ReadAllBytesAsync(packets, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("--parquet")]
    [InlineData("--csv")]
    public async Task A_disk_that_is_full_leaves_no_part_of_a_table(string option)
    {
        // A file system of two pages, which three tables do not fit in.
        const string script = """
            mount -t tmpfs -o size=8k small "$1" || exit 99
            folder=$1
            shift
            "$@"
            code=$?
            ls "$folder"
            exit $code
            """;
        string full = Directory.CreateDirectory(_folder["full"]).FullName;
        TramaProcess.Ended ended = await TramaProcess.RunAsync("unshare", [
            "-rm", "sh", "-c", script, "sh", full, TramaProcess.Binary, "trace", Captures.Lesson, option, full, "--packets"]);
        Assert.SkipWhen(ended.Code == 99 || ended.Errors.StartsWith("unshare: ", StringComparison.Ordinal),
            "a small file system needs a namespace of its own");
        Assert.Equal((1, ""), (ended.Code, ended.Output));
        Assert.EndsWith(": no space left\n", ended.Errors, StringComparison.Ordinal);
        Assert.Equal(1, ended.Errors.Count(letter => letter == '\n'));
    }
}
