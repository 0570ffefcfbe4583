import { describe, expect, it } from 'vitest';
import { HostObject } from './host-object.ts';
import { render } from './interpreter.ts';
import { toJava, toPlain } from './java-collections.ts';

const text = (template: string, variables: Record<string, unknown> = {}) =>
  render(
    template,
    Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, toJava(value)])),
  ).text;

describe('references', () => {
  it.each([
    ['$a.b.c', { a: { b: { c: 1 } } }, '1'],
    ['${a.b}c', { a: { b: 'x' } }, 'xc'],
    ['$a[1] $a.get(0)', { a: ['x', 'y'] }, 'y x'],
    ['$a["b"] $a.get("b")', { a: { b: 2 } }, '2 2'],
    ['$a[$i]', { a: ['x', 'y'], i: 1 }, 'y'],
    ['$a.b $!a.b $missing.x(1) $!{missing}', { a: {} }, '$a.b  $missing.x(1) '],
    ['$a', { a: null }, '$a'],
    ['$a $b', { a: { x: [1, { y: null }] }, b: false }, '{x=[1, {y=null}]} false'],
    ['\\$a 5$', { a: 1 }, '$a 5$'],
  ])('%s', (template, variables, expected) => {
    expect(text(template, variables)).toBe(expected);
  });

  it('reach nothing of JavaScript', () => {
    for (const path of [
      'constructor',
      'constructor.constructor("return 1")',
      '__proto__',
      'hasOwnProperty("a")',
    ])
      expect(text(`$!a.${path}$!l.${path}$!t.${path}`, { a: { a: 1 }, l: [], t: 'x' })).toBe('');
  });
});

describe('#set', () => {
  it.each([
    ['#set($x = 1)$x', '1'],
    ['#set($x = "a ${y}#b $y.z")$x', 'a {z=2}#b 2'],
    ["#set($x = 'a $y')$x", 'a $y'],
    ['#set($x = {"a": [1, -2, 1.5, true, null, $y]})$x', '{a=[1, -2, 1.5, true, null, {z=2}]}'],
    ['#set($x = {})#set($x.a = 1)#set($x["b"] = 2)$x', '{a=1, b=2}'],
    ['#set($x = [0, 1])#set($x[1] = 5)$x', '[0, 5]'],
    ['#set($y.z = 3)$y', '{z=3}'],
    ['#set($x = [1..3])$x', '[1, 2, 3]'],
    ['#set($x = 7 / 2)$x', '3'],
    ['#set($x = 7.5 / 2)$x', '3.75'],
    ['#set($x = 1 + 2 * 3 - 4)$x', '3'],
    ['#set($x = "a" + 1)$x', 'a1'],
    ['#set($x = 5 % 3)$x', '2'],
    ['#set($x = $nothing)$!x', ''],
  ])('%s', (template, expected) => {
    expect(text(template, { y: { z: 2 } })).toBe(expected);
  });
});

describe('#if', () => {
  it.each([
    ['true', true],
    ['false', false],
    ['$nothing', false],
    ['$none', false],
    ['$empty', true],
    ['$zero', true],
    ['$list', true],
    ['!$nothing', true],
    ['1 == 1 && 2 > 1', true],
    ['1 != 1 || 2 <= 1', false],
    ['(1 == 2 || 1 == 1) && !false', true],
    ['$list == $same', true],
    ['$list == $other', false],
    ['$nothing == $none', true],
    ['$nothing > 1', false],
    ['"a" == $a', true],
  ])('%s is %s', (condition, expected) => {
    const variables = {
      none: null,
      empty: '',
      zero: 0,
      list: [1, { a: 2 }],
      same: [1, { a: 2 }],
      other: [1],
      a: 'a',
    };
    expect(text(`#if(${condition})yes#{else}no#end`, variables)).toBe(expected ? 'yes' : 'no');
  });

  it('takes the first branch that holds', () => {
    const template = '#if($a == 1)one#elseif($a == 2)two#elseif($a < 9)few#{else}many#end';
    expect([1, 2, 3, 10].map((a) => text(template, { a }))).toEqual(['one', 'two', 'few', 'many']);
  });
});

describe('#foreach', () => {
  it.each([
    [
      '#foreach($i in $list)$i$foreach.index$foreach.count$velocityCount#if($foreach.hasNext()),#end#end',
      'a011,b122',
    ],
    ['#foreach($i in $list)$i#if($foreach.hasNext),#end#end', 'a,b'],
    ['#foreach($e in $map.entrySet())$e.key=$e.value;#end', 'x=1;y=2;'],
    ['#foreach($k in $map.keySet())$k#end#foreach($v in $map)$v#end', 'xy12'],
    ['#foreach($i in $list)$i#break#end!', 'a!'],
    ['#foreach($i in $list)#foreach($i in [1, 2])$i#break#end$i#end', '1a1b'],
    ['#foreach($i in $nothing)$i#end', ''],
  ])('%s', (template, expected) => {
    expect(text(template, { list: ['a', 'b'], map: { x: 1, y: 2 } })).toBe(expected);
  });
});

describe('Java’s methods', () => {
  it.each([
    ['$m.put("a", 5)$m', '1{a=5, b=2}'],
    ['$m.containsKey("a")$m.containsKey("z")$m.size()$m.isEmpty()', 'truefalse2false'],
    ['$m.getOrDefault("z", 9)$m.remove("a")$m.containsValue(1)', '91false'],
    ['$!m.putAll({"x": 1})$m.keySet()$m.values()', '[a, b, x][1, 2, 1]'],
    ['$!m.putIfAbsent("a", 7)$!m.putIfAbsent("c", 7)$m', '1{a=1, b=2, c=7}'],
    ['$l.add(3)$l', 'true[1, 2, 3]'],
    ['$l.addAll([4])$l.contains(4)$l.indexOf(4)$l.size()', 'truetrue23'],
    ['$l.remove(0)$l.removeAll([2])$l', '1true[]'],
    ['$l.retainAll([2])$l.isEmpty()$l.get(0)', 'truefalse2'],
    ['$t.length()$t.toUpperCase()$t.contains("b")$t.replaceAll("[ab]", "x")', '3ABCtruexxc'],
    ['$t.split("b")$t.substring(1)$t.startsWith("a")$t.equalsIgnoreCase("ABC")', '[a, c]bctruetrue'],
    ['$!t.noSuchMethod()$n.intValue()', '2'],
  ])('%s', (template, expected) => {
    expect(text(template, { m: { a: 1, b: 2 }, l: [1, 2], t: 'abc', n: 2.7 })).toBe(expected);
  });
});

describe('functions of the host', () => {
  it('get JSON and give Java’s collections', () => {
    const util = new HostObject({ deep: { keys: (map) => Object.keys(map as object) } });
    expect(
      render('$util.deep.keys({"a": 1}).size()$!util.deep.nothing()$!util.other.keys()', { util }).text,
    ).toBe('1');
  });

  it('that hand a collection through hand the same one through', () => {
    const util = new HostObject({ either: (a, b) => a ?? b });
    const map = toJava({ a: 1 });
    render('#set($x = $util.either($map, {}))$x.put("b", 2)', { util, map });
    expect(toPlain(map)).toEqual({ a: 1, b: 2 });
  });
});

describe('#return', () => {
  it('ends the template at once, from inside any block', () => {
    const template = 'before #foreach($i in [1, 2])#if($i == 2)#return({"i": $i})#end#end after';
    const { returned } = render(template, {});
    expect(toPlain(returned?.value)).toEqual({ i: 2 });
  });

  it('without a value returns null', () => {
    expect(render('#if(true)\n  #return\n#end x', {}).returned).toEqual({ value: null });
  });
});

it.each(['#macro(m)x#end', '#define($d)x#end'])('%s is an error: AppSync has none', (template) => {
  expect(() => render(template, {})).toThrow(/AppSync templates have no #/);
});
