using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary><c>trama sql</c>, and how DuckDB comes to it.</summary>
public sealed class SqlTests : IDisposable
{
    // As the project file has it.
    private const string Version = "1.5.6.1";

    private static readonly string s_packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static readonly string s_kept = Path.Combine(s_packages, "duckdb.net.bindings.full");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("en", "trama: DuckDB, which answers questions in SQL, is not there: trama sql --setup brings it\n")]
    [InlineData("pt", "trama: o DuckDB, que responde perguntas em SQL, não está instalado: trama sql --setup o traz\n")]
    public async Task Without_duckdb_one_line_says_how_to_bring_it(string language, string line)
    {
        TramaProcess.Ended ended = await RunAsync("sql", "SELECT 1", Captures.Lesson, "--lang", language);
        Assert.Equal(new TramaProcess.Ended(1, "", line), ended);
    }

    [Fact]
    public async Task A_capture_is_asked_in_each_form()
    {
        await SetUpAsync();
        const string sql = "SELECT connection, requestBytes, replyBytes, chr(27) || '=a' AS \"a\"\"b\" FROM exchanges;";
        const string table = "connection  requestBytes  replyBytes  a\"b\n         1            15          30  \\x1b=a\n";
        Assert.Equal(new TramaProcess.Ended(0, table, ""), await RunAsync("sql", sql, Captures.Lesson));
        // The lines of a process are read with any line end.
        Assert.Equal("connection,requestBytes,replyBytes,\"a\"\"b\"\n1,15,30,\\x1b=a\n",
            (await RunAsync("sql", "--csv", sql, Captures.Lesson)).Output);
        JsonElement row = JsonDocument.Parse((await RunAsync("sql", "--json", sql, Captures.Lesson)).Output).RootElement[0];
        Assert.Equal((15, "\e=a"), (row.GetProperty("requestBytes").GetInt32(), row.GetProperty("a\"b").GetString()));
        string parquet = _folder["answer.parquet"];
        Assert.Equal(new TramaProcess.Ended(0, "", ""), await RunAsync("sql", "--parquet", parquet, sql, Captures.Lesson));
        Assert.Equal("PAR1"u8.ToArray(), (await File.ReadAllBytesAsync(parquet, TestContext.Current.CancellationToken))[..4]);
    }

    [Fact]
    public async Task A_folder_of_tables_is_asked_and_one_of_both_kinds_is_not()
    {
        await SetUpAsync();
        TramaProcess.Ended written = await RunAsync("trace", Captures.Lesson, "--parquet", _folder["rows"], "--packets");
        Assert.Equal(new TramaProcess.Ended(0, "", ""), written);
        const string sql = """
            SELECT (SELECT count(*) FROM exchanges) e, (SELECT count(*) FROM packets) p, (SELECT count(*) FROM connections) c
            """;
        Assert.Equal("e,p,c\n1,10,1\n", (await RunAsync("sql", "--csv", sql, _folder["rows"])).Output);
        Assert.Equal("e,p,c\n1,10,1\n", (await RunAsync("sql", "--csv", sql, Captures.Lesson)).Output);
        const string two = "SELECT parse_filename(source) AS file, count(DISTINCT source) n FROM connections GROUP BY ALL";
        Assert.Equal("file,n\nconnections.parquet,2\n", (await RunAsync("sql", "--csv", two, _folder["rows"], Captures.Lesson)).Output);
        string packets = Path.Combine(_folder["rows"], "packets.parquet"), mixed = Path.Combine(_folder["mixed"], "packets.parquet");
        string noReply = Path.Combine(Path.GetDirectoryName(Captures.Lesson)!, "no-reply.pcap");
        await TramaProcess.RunAsync(["trace", noReply, "--parquet", _folder["mixed"]]);
        File.Copy(packets, mixed);
        Assert.Equal((1, $"trama: {mixed} is of another capture than the tables beside it: name the files that are meant, "
            + "or write all of them again\n"), await FailAsync(sql, _folder["mixed"]));
        string version = Path.Combine(_folder["rows"], "findings.parquet");
        byte[] bytes = await File.ReadAllBytesAsync(version, TestContext.Current.CancellationToken);
        bytes[bytes.AsSpan().IndexOf("trama.schema"u8) + "trama.schema".Length + 2]++;
        await File.WriteAllBytesAsync(version, bytes, TestContext.Current.CancellationToken);
        TramaProcess.Ended other = await RunAsync("sql", sql, _folder["rows"]);
        Assert.Equal((1, $"trama: {version} has tables of another version than 1, which this trama reads\n"), (other.Code, other.Errors));
        File.Copy(Captures.Lesson, Path.Combine(_folder["rows"], "lesson.pcap"));
        TramaProcess.Ended both = await RunAsync("sql", sql, _folder["rows"]);
        Assert.Equal(1, both.Code);
        Assert.Equal($"trama: {_folder["rows"]} holds captures and Parquet files: name those that are meant\n", both.Errors);
    }

    [Fact]
    public async Task A_question_that_cannot_be_broken_off_ends_all_the_same()
    {
        await SetUpAsync();
        TramaProcess.Ended ended = await RunAsync("sql", "--timeout", "200ms",
            "SELECT length(regexp_replace(repeat('a', 100000000), '(a?){50}b', ''))", Captures.Lesson);
        Assert.Equal(new TramaProcess.Ended(1, "", "trama: the question took too long (--timeout)\n"), ended);
    }

    [Theory]
    [InlineData("SELEC 1", 2)]
    [InlineData("SELECT nothing FROM exchanges", 2)]
    [InlineData("CREATE TABLE a AS SELECT 1", 2)]
    [InlineData("@nothing", 2)]
    [InlineData("SELECT * FROM read_text('/etc/passwd')", 1)]
    public async Task What_is_refused_is_told_in_one_line(string sql, int code)
    {
        await SetUpAsync();
        TramaProcess.Ended ended = await RunAsync("sql", sql, Captures.Lesson);
        Assert.Equal((code, ""), (ended.Code, ended.Output));
        Assert.Equal(1, ended.Errors.Count(letter => letter == '\n'));
    }

    [Fact]
    public async Task Questions_with_a_name_are_listed_with_their_text()
    {
        string list = (await RunAsync("sql", "--questions")).Output;
        Assert.Contains("@slowest-operations: Which operations take longest", list, StringComparison.Ordinal);
        Assert.Contains("\n    SELECT server, \"group\"", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_takes_duckdb_from_the_folder_that_the_configuration_names()
    {
        Assert.SkipUnless(Directory.Exists(s_kept), "the package is not where NuGet keeps it");
        string file = $"duckdb.net.bindings.full.{Version}.nupkg", source = Directory.CreateDirectory(_folder["source"]).FullName;
        await ConfigureAsync("../source");
        TramaProcess.Ended missing = await SetUpFromSourceAsync();
        Assert.Equal(1, missing.Code);
        Assert.Contains("does not have it", missing.Errors, StringComparison.Ordinal);
        using (ZipArchive other = ZipFile.Open(Path.Combine(source, file), ZipArchiveMode.Create))
        {
            foreach (string system in (string[])["linux-x64", "linux-arm64"])
            {
                await using Stream entry = await other.CreateEntry($"runtimes/{system}/native/libduckdb.so").OpenAsync(
                    TestContext.Current.CancellationToken);
                entry.Write("\x7fELF"u8);
            }
        }

        Assert.Equal(1, (await SetUpFromSourceAsync()).Code);
        Assert.Empty(Directory.GetFiles(_folder["data"], "*", SearchOption.AllDirectories));
        File.Copy(Path.Combine(s_kept, Version, file), Path.Combine(source, file), overwrite: true);
        TramaProcess.Ended done = await SetUpFromSourceAsync();
        Assert.Equal((0, ""), (done.Code, done.Errors));
        Assert.Equal("1\n1\n", (await RunAsync("sql", "--csv", "SELECT 1", Captures.Lesson)).Output);
    }

    [Fact]
    public async Task Several_may_bring_duckdb_at_once()
    {
        Assert.SkipUnless(Directory.Exists(s_kept), "the package is not where NuGet keeps it");
        Directory.CreateDirectory(_folder["data"]);
        TramaProcess.Ended[] ended = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => TramaProcess.RunAsync(
            "env", [$"NUGET_PACKAGES={s_packages}", $"XDG_DATA_HOME={_folder["data"]}", TramaProcess.Binary, "sql", "--setup"])));
        Assert.All(ended, one => Assert.Equal((0, ""), (one.Code, one.Errors)));
        Assert.Equal(["libduckdb.so"], Directory.GetFiles(_folder["data"], "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Setup_takes_duckdb_from_the_service_that_the_configuration_names()
    {
        Assert.SkipUnless(Directory.Exists(s_kept), "the package is not where NuGet keeps it");
        int port = FreePorts.Next();
        using var service = new HttpListener();
        service.Prefixes.Add($"http://127.0.0.1:{port}/");
        service.Start();
        var asked = new List<string>();
        Task serving = ServeAsync(service, asked, Path.Combine(s_kept, Version, $"duckdb.net.bindings.full.{Version}.nupkg"), port);
        await ConfigureAsync($"http://127.0.0.1:{port}/v3/index.json");
        TramaProcess.Ended ended = await SetUpFromSourceAsync();
        Assert.Equal((0, ""), (ended.Code, ended.Errors));
        Assert.Equal(["/v3/index.json", $"/flat/duckdb.net.bindings.full/{Version}/duckdb.net.bindings.full.{Version}.nupkg"], asked);
        service.Stop();
        await serving;
        // It is there: nobody is asked again.
        Assert.Equal(0, (await SetUpFromSourceAsync()).Code);
    }

    private static async Task ServeAsync(HttpListener service, List<string> asked, string package, int port)
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await service.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            asked.Add(context.Request.Url!.AbsolutePath);
            byte[] answer = context.Request.Url.AbsolutePath.EndsWith(".nupkg", StringComparison.Ordinal)
                ? await File.ReadAllBytesAsync(package)
                : Encoding.UTF8.GetBytes($$"""
                    {"version":"3.0.0","resources":[{"@id":"http://127.0.0.1:1/","@type":"SearchQueryService"},
                     {"@id":"http://127.0.0.1:{{port}}/flat/","@type":"PackageBaseAddress/3.0.0"}]}
                    """);
            context.Response.ContentLength64 = answer.Length;
            await context.Response.OutputStream.WriteAsync(answer);
            context.Response.Close();
        }
    }

    private async Task ConfigureAsync(string source)
    {
        Directory.CreateDirectory(_folder["data"]);
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(_folder["work"]).FullName, "nuget.config"), $"""
            <?xml version="1.0" encoding="utf-8"?>
            <configuration>
              <!-- <packageSources><add key="no" value="http://127.0.0.1:1/" /></packageSources> -->
              <packageSources>
                <clear />
                <add key="off" value="http://127.0.0.1:1/index.json" />
                <add key="ours" value="{source}" />
              </packageSources>
              <disabledPackageSources><add key="off" value="true" /></disabledPackageSources>
            </configuration>
            """, TestContext.Current.CancellationToken);
    }

    private async Task<(int, string)> FailAsync(string sql, string folder)
    {
        TramaProcess.Ended ended = await RunAsync("sql", sql, folder);
        return (ended.Code, ended.Errors);
    }

    // With nothing kept on this machine.
    private Task<TramaProcess.Ended> SetUpFromSourceAsync() => TramaProcess.RunAsync("env", [
        "-C", _folder["work"], $"NUGET_PACKAGES={_folder["none"]}", $"XDG_DATA_HOME={_folder["data"]}",
        TramaProcess.Binary, "sql", "--setup"]);

    private async Task SetUpAsync()
    {
        Directory.CreateDirectory(_folder["data"]);
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            "env", [$"NUGET_PACKAGES={s_packages}", $"XDG_DATA_HOME={_folder["data"]}", TramaProcess.Binary, "sql", "--setup"]);
        Assert.SkipUnless(ended.Code == 0, ended.Errors);
    }

    private Task<TramaProcess.Ended> RunAsync(params string[] args) =>
        TramaProcess.RunAsync("env", [$"XDG_DATA_HOME={_folder["data"]}", TramaProcess.Binary, .. args]);
}
